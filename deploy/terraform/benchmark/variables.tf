variable "machines" {
  description = "Which are wanted: cpu, gpu or both."
  type        = set(string)
  default     = ["cpu"]
  validation {
    condition     = length(var.machines) > 0 && length(setsubtract(var.machines, ["cpu", "gpu"])) == 0
    error_message = "machines must name cpu, gpu or both."
  }
}

variable "subnet_id" {
  description = "A public subnet."
  type        = string
  validation {
    condition     = can(regex("^subnet-[0-9a-f]+$", var.subnet_id))
    error_message = "subnet_id must be the id of a subnet, such as subnet-0123456789abcdef0."
  }
}

variable "allowed_cidr" {
  description = "Who may log in, as a CIDR block."
  type        = string
  validation {
    condition     = can(cidrhost(var.allowed_cidr, 0))
    error_message = "allowed_cidr must be an IPv4 block, such as 203.0.113.7/32."
  }
}

variable "ssh_public_key" {
  description = "The public half of the key to log in with, as a line of authorized_keys."
  type        = string
}

variable "region" {
  description = "The AWS region of the subnet."
  type        = string
  default     = "eu-central-1"
}

variable "cpu_type" {
  description = "The type of the machine without a GPU: x86_64."
  type        = string
  default     = "c7i.2xlarge"
}

variable "gpu_type" {
  description = "The type of the machine with a GPU."
  type        = string
  default     = "g6.2xlarge"
}

variable "nvidia_driver" {
  description = "The branch of NVIDIA's driver, as Ubuntu's packages name it."
  type        = string
  default     = "570-server"
}
