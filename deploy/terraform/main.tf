# One GPU node with the fleet on it, as a Swarm of one, and more nodes that join it on demand. Nobody logs in by SSH: the
# Systems Manager's sessions lead to a shell, without a port. No secret is in Terraform's state but the join token: the first
# node makes the API key and Grafana's password itself.

locals {
  root   = "${path.module}/../.."
  stacks = var.monitoring ? ["stack.yml", "stack.monitoring.yml"] : ["stack.yml"]
  # And the files that they name, at the same paths.
  paths = concat(local.stacks, flatten([
    for stack in local.stacks : [for config in yamldecode(file("${local.root}/${stack}")).configs : config.file]
  ]))
  # JSON without its white space: user data is short.
  files = { for path in local.paths : path => endswith(path, ".json") ? jsonencode(jsondecode(file("${local.root}/${path}"))) : file("${local.root}/${path}") }
  ports = var.monitoring ? [var.port, 3000] : [var.port]
}

data "aws_subnet" "fleet" {
  id = var.subnet_id
}

data "aws_ssm_parameter" "ubuntu" {
  count = var.ami == null ? 1 : 0
  name  = "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id"
}

module "first" {
  source     = "./node"
  image      = var.image
  port       = var.port
  monitoring = var.monitoring
  files      = local.files
}

module "more" {
  source          = "./node"
  image           = var.image
  manager_address = aws_instance.first.private_ip
  join_token      = var.join_token
}

resource "aws_security_group" "fleet" {
  name_prefix = "${var.name}-"
  description = "Clients of the fleet, and its nodes among themselves"
  vpc_id      = data.aws_subnet.fleet.vpc_id
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each          = { for pair in setproduct(var.allowed_cidrs, local.ports) : "${pair[0]} ${pair[1]}" => pair }
  security_group_id = aws_security_group.fleet.id
  description       = each.value[1] == var.port ? "Clients of the fleet" : "Grafana"
  cidr_ipv4         = each.value[0]
  ip_protocol       = "tcp"
  from_port         = each.value[1]
  to_port           = each.value[1]
}

resource "aws_vpc_security_group_ingress_rule" "swarm" {
  for_each = {
    "Swarm's managers"          = { protocol = "tcp", port = 2377 }
    "Swarm's gossip by TCP"     = { protocol = "tcp", port = 7946 }
    "Swarm's gossip by UDP"     = { protocol = "udp", port = 7946 }
    "Overlay networks by VXLAN" = { protocol = "udp", port = 4789 }
  }
  security_group_id            = aws_security_group.fleet.id
  description                  = each.key
  referenced_security_group_id = aws_security_group.fleet.id
  ip_protocol                  = each.value.protocol
  from_port                    = each.value.port
  to_port                      = each.value.port
}

# Packages, images, the Systems Manager.
resource "aws_vpc_security_group_egress_rule" "all" {
  security_group_id = aws_security_group.fleet.id
  description       = "Everywhere"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_iam_role" "node" {
  name_prefix = "${var.name}-"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "sessions" {
  role       = aws_iam_role.node.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_instance_profile" "node" {
  name_prefix = "${var.name}-"
  role        = aws_iam_role.node.name
}

resource "aws_instance" "first" {
  ami                         = var.ami != null ? var.ami : one(data.aws_ssm_parameter.ubuntu[*].insecure_value)
  instance_type               = var.instance_type
  subnet_id                   = var.subnet_id
  vpc_security_group_ids      = [aws_security_group.fleet.id]
  iam_instance_profile        = aws_iam_instance_profile.node.name
  associate_public_ip_address = var.public_address
  ebs_optimized               = true
  monitoring                  = true
  user_data_base64            = module.first.user_data_base64
  tags                        = { Name = "${var.name}-1" }

  metadata_options {
    http_tokens = "required"
    # Not from inside a container.
    http_put_response_hop_limit = 1
  }
  root_block_device {
    volume_type = "gp3"
    volume_size = var.disk_gib
    encrypted   = true
  }
  lifecycle {
    # It keeps the Swarm's state: a newer image or stack file is no reason to make it anew. Deploy the stack there instead.
    ignore_changes = [ami, user_data_base64]
    precondition {
      condition     = module.first.user_data_bytes <= 16384
      error_message = "The stack's files have grown past the 16 KiB that user data may have."
    }
  }
}

resource "aws_instance" "more" {
  count                       = var.more_nodes
  ami                         = var.ami != null ? var.ami : one(data.aws_ssm_parameter.ubuntu[*].insecure_value)
  instance_type               = coalesce(var.more_instance_type, var.instance_type)
  subnet_id                   = var.subnet_id
  vpc_security_group_ids      = [aws_security_group.fleet.id]
  iam_instance_profile        = aws_iam_instance_profile.node.name
  associate_public_ip_address = var.public_address
  ebs_optimized               = true
  monitoring                  = true
  user_data_base64            = module.more.user_data_base64
  tags                        = { Name = "${var.name}-${count.index + 2}" }

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    volume_type = "gp3"
    volume_size = var.disk_gib
    encrypted   = true
  }
  lifecycle {
    ignore_changes = [ami, user_data_base64]
  }
}

resource "aws_eip" "first" {
  count    = var.public_address ? 1 : 0
  domain   = "vpc"
  instance = aws_instance.first.id
  tags     = { Name = "${var.name}-1" }
}
