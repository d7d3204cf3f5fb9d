# What cloud-init does on a fresh Ubuntu 24.04 with an NVIDIA GPU, on any cloud: this module has no provider.

terraform {
  required_version = "~> 1.9"
}

locals {
  settings = {
    PHI_IMAGE             = var.image
    PHI_PORT              = var.port
    SETUP_MONITORING      = var.monitoring
    SETUP_MANAGER_ADDRESS = var.manager_address == null ? "" : var.manager_address
    SETUP_JOIN_TOKEN      = var.join_token == null ? "" : var.join_token
    SETUP_DOCKER_VERSION  = var.docker_version
    SETUP_NVIDIA_DRIVER   = var.nvidia_driver
    SETUP_NVIDIA_TOOLKIT  = var.nvidia_toolkit_version
  }

  # Every value is quoted for the shell that reads them.
  environment = join("", [for name, value in local.settings : "${name}='${replace(value, "'", "'\\''")}'\n"])

  cloud_config = {
    # The driver must fit the kernel, so that no other kernel comes in between.
    package_update  = true
    package_upgrade = false
    write_files = concat(
      [
        { path = "/etc/phi-fleet/node.env", permissions = "0600", content = local.environment },
        { path = "/usr/local/sbin/phi-setup-node", permissions = "0700", content = file("${path.module}/setup-node") },
      ],
      [for path, content in var.files : { path = "/opt/phi-fleet/${path}", permissions = "0644", content = content }],
    )
    runcmd = [["/usr/local/sbin/phi-setup-node"]]
  }
  user_data = "#cloud-config\n${yamlencode(local.cloud_config)}"
}
