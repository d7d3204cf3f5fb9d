# What cloud-init does on a fresh Ubuntu 24.04 so that scripts/benchmark measures the same from run to run: no swap, the governor
# `performance`, no upgrades on their own, the toolchains of all targets. This module has no provider.

terraform {
  required_version = "~> 1.9"
}

variable "nvidia_driver" {
  description = "The branch of NVIDIA's driver, as Ubuntu's packages name it; empty for a machine without a GPU."
  type        = string
  default     = ""
}

variable "rust_version" {
  description = "Of the toolchain that builds the targets in Rust."
  type        = string
  default     = "1.95.0"
}

locals {
  cloud_config = {
    package_update  = true
    package_upgrade = false
    write_files = [
      { path = "/etc/phi-benchmark.env", permissions = "0644", content = "SETUP_NVIDIA_DRIVER='${var.nvidia_driver}'\nSETUP_RUST_VERSION='${var.rust_version}'\n" },
      { path = "/usr/local/sbin/phi-setup-benchmark", permissions = "0755", content = file("${path.module}/setup-benchmark") },
    ]
    runcmd = [["/usr/local/sbin/phi-setup-benchmark"]]
  }
}

output "user_data" {
  description = "For cloud-init, as text."
  value       = "#cloud-config\n${yamlencode(local.cloud_config)}"
}
