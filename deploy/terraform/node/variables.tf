variable "image" {
  description = "The fleet's image."
  type        = string
}

variable "port" {
  description = "Where clients find the fleet on each node."
  type        = number
  default     = 80
}

variable "monitoring" {
  description = "Whether Prometheus and Grafana run beside the fleet."
  type        = bool
  default     = false
}

variable "files" {
  description = "The stack's files by path, for the node that deploys it."
  type        = map(string)
  default     = {}
}

variable "manager_address" {
  description = "The first node's address, for nodes that join it; null for the first."
  type        = string
  default     = null
}

variable "join_token" {
  description = "The Swarm's token for workers, for nodes that join."
  type        = string
  default     = null
  sensitive   = true
}

variable "docker_version" {
  description = "As Docker's package repository for Ubuntu names it."
  type        = string
  default     = "5:28.2.2-1~ubuntu.24.04~noble"
}

variable "nvidia_driver" {
  description = "The branch of NVIDIA's driver, as Ubuntu's packages name it."
  type        = string
  default     = "570-server"
}

variable "nvidia_toolkit_version" {
  description = "Not 1.18, which gives every container all GPUs, whatever Swarm has assigned to it."
  type        = string
  default     = "1.19.0-1"
  validation {
    condition     = !startswith(var.nvidia_toolkit_version, "1.18.")
    error_message = "nvidia_toolkit_version must not be 1.18, which does not heed Swarm's assignments."
  }
}
