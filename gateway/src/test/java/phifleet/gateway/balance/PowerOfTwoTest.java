package phifleet.gateway.balance;

import java.util.random.RandomGenerator;

class PowerOfTwoTest extends BalancingPolicyContract {
    @Override
    BalancingPolicy policy(RandomGenerator random) {
        return new PowerOfTwo(random);
    }
}
