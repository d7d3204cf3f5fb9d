variable "image" {
  description = "The fleet's image (Dockerfile.cuda), where the nodes can pull it without a login, with its tag or digest."
  type        = string
  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9._/:-]*[a-z0-9](:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}|@sha256:[0-9a-f]{64})$", var.image)) && !endswith(var.image, ":latest")
    error_message = "image must be NAME:TAG or NAME@sha256:DIGEST, and not :latest, so that all nodes run the same."
  }
}

variable "allowed_cidrs" {
  description = "Who may call the fleet, and see Grafana, as CIDR blocks."
  type        = list(string)
  validation {
    condition     = length(var.allowed_cidrs) > 0 && alltrue([for cidr in var.allowed_cidrs : can(cidrhost(cidr, 0)) && !strcontains(cidr, ":")])
    error_message = "allowed_cidrs must list at least one IPv4 block, such as 203.0.113.0/24."
  }
}

variable "subnet_id" {
  description = "The subnet of all nodes: public, or with a way out through a NAT gateway if public_address is false."
  type        = string
  validation {
    condition     = can(regex("^subnet-[0-9a-f]+$", var.subnet_id))
    error_message = "subnet_id must be the id of a subnet, such as subnet-0123456789abcdef0."
  }
}

variable "region" {
  description = "The AWS region of the subnet."
  type        = string
  default     = "eu-central-1"
  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be the name of an AWS region, such as eu-central-1."
  }
}

variable "name" {
  description = "Names and tags everything."
  type        = string
  default     = "phi-fleet"
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,31}$", var.name))
    error_message = "name must be up to 32 small letters, digits and hyphens, a letter first."
  }
}

variable "instance_type" {
  description = "The first node's type: x86_64, with NVIDIA GPUs of the generation T4 or later."
  type        = string
  default     = "g6.xlarge"
  validation {
    condition     = can(regex("^(g4dn|g5|g6|g6e|p4d|p4de|p5|p5e|p5en)\\.[a-z0-9]+$", var.instance_type))
    error_message = "instance_type must be one of g4dn, g5, g6, g6e, p4d, p4de, p5, p5e, p5en and a size, such as g6.xlarge."
  }
}

variable "ami" {
  description = "An image of Ubuntu 24.04 for x86_64; null for Canonical's newest when a node is made."
  type        = string
  default     = null
  validation {
    condition     = var.ami == null || can(regex("^ami-[0-9a-f]+$", var.ami))
    error_message = "ami must be the id of a machine image, such as ami-0123456789abcdef0."
  }
}

variable "disk_gib" {
  description = "The size of each node's disk, in GiB."
  type        = number
  default     = 100
  validation {
    condition     = var.disk_gib >= 50 && var.disk_gib <= 16384 && floor(var.disk_gib) == var.disk_gib
    error_message = "disk_gib must be a whole number from 50 to 16384."
  }
}

variable "public_address" {
  description = "Whether the first node gets a public address of its own that stays."
  type        = bool
  default     = true
}

variable "port" {
  description = "Where clients find the fleet on each node."
  type        = number
  default     = 80
  validation {
    condition     = var.port >= 1 && var.port <= 65535 && !contains([22, 2377, 3000, 7946, 8001, 8080], var.port)
    error_message = "port must be from 1 to 65535, and none of 22, 2377, 3000, 7946, 8001, 8080, which have another use."
  }
}

variable "monitoring" {
  description = "Whether Prometheus and Grafana run beside the fleet; Grafana is at port 3000."
  type        = bool
  default     = true
}

variable "more_nodes" {
  description = "How many nodes join the first one. They need join_token, so they come with a second apply."
  type        = number
  default     = 0
  validation {
    condition     = var.more_nodes >= 0 && var.more_nodes <= 50 && floor(var.more_nodes) == var.more_nodes
    error_message = "more_nodes must be a whole number from 0 to 50."
  }
}

variable "more_instance_type" {
  description = "The type of the nodes that join; null for that of the first."
  type        = string
  default     = null
}

variable "join_token" {
  description = "What `docker swarm join-token -q worker` says on the first node."
  type        = string
  default     = null
  sensitive   = true
  validation {
    condition     = var.join_token != null ? can(regex("^SWMTKN-1-[0-9a-z]+-[0-9a-z]+$", var.join_token)) : var.more_nodes == 0
    error_message = "join_token must be a Swarm token, SWMTKN-1-…, where more_nodes is not 0."
  }
}
