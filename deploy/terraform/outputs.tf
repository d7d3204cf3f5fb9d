locals {
  address = var.public_address ? one(aws_eip.first[*].public_ip) : aws_instance.first.private_ip
  session = "aws ssm start-session --region ${var.region} --target ${aws_instance.first.id}"
}

output "url" {
  description = "Where clients find the fleet, some ten minutes after the first apply."
  value       = "http://${local.address}:${var.port}"
}

output "grafana_url" {
  description = "Where the dashboard is, for `admin`; null without monitoring."
  value       = var.monitoring ? "http://${local.address}:3000" : null
}

output "session" {
  description = "Leads to a shell on the first node."
  value       = local.session
}

output "secrets" {
  description = "What to type there to see the API key and Grafana's password, and the token for more nodes."
  value       = "sudo tail /etc/phi-fleet/api-key /etc/phi-fleet/grafana-password; sudo docker swarm join-token -q worker"
}
