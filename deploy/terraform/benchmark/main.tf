# Machines to measure on: one with a CPU of its own, one with a GPU, each only where `machines` names it. deploy/benchmark
# puts the working tree there, runs scripts/benchmark and fetches the results.

terraform {
  required_version = "~> 1.9"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "6.25.0"
    }
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = { Project = "phi-fleet-benchmark" }
  }
}

locals {
  kinds = {
    # A core is a core: no second thread on it, and no neighbour on the host.
    cpu = { type = var.cpu_type, tenancy = "dedicated", driver = "" }
    gpu = { type = var.gpu_type, tenancy = "default", driver = var.nvidia_driver }
  }
  chosen = { for name in var.machines : name => local.kinds[name] }
}

data "aws_subnet" "benchmark" {
  id = var.subnet_id
}

data "aws_ssm_parameter" "ubuntu" {
  name = "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id"
}

module "machine" {
  source        = "./machine"
  for_each      = local.chosen
  nvidia_driver = each.value.driver
}

resource "aws_key_pair" "benchmark" {
  key_name_prefix = "phi-benchmark-"
  public_key      = var.ssh_public_key
}

resource "aws_security_group" "benchmark" {
  name_prefix = "phi-benchmark-"
  description = "SSH from where the benchmark is started"
  vpc_id      = data.aws_subnet.benchmark.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = aws_security_group.benchmark.id
  cidr_ipv4         = var.allowed_cidr
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}

# Packages, crates, wheels.
resource "aws_vpc_security_group_egress_rule" "all" {
  security_group_id = aws_security_group.benchmark.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_instance" "machine" {
  for_each                    = local.chosen
  ami                         = data.aws_ssm_parameter.ubuntu.insecure_value
  instance_type               = each.value.type
  tenancy                     = each.value.tenancy
  subnet_id                   = var.subnet_id
  vpc_security_group_ids      = [aws_security_group.benchmark.id]
  key_name                    = aws_key_pair.benchmark.key_name
  associate_public_ip_address = true
  ebs_optimized               = true
  user_data                   = module.machine[each.key].user_data
  tags                        = { Name = "phi-benchmark-${each.key}" }

  cpu_options {
    threads_per_core = 1
  }
  metadata_options {
    http_tokens = "required"
  }
  root_block_device {
    volume_type = "gp3"
    volume_size = 60
    encrypted   = true
  }
}

output "addresses" {
  description = "By the machine's name; the user is ubuntu."
  value       = { for name, machine in aws_instance.machine : name => machine.public_ip }
}
