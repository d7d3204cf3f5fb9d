output "user_data" {
  description = "For cloud-init, as text."
  value       = local.user_data
  sensitive   = true
}

output "user_data_base64" {
  description = "The same packed by gzip, which cloud-init unpacks, in base64."
  value       = base64gzip(local.user_data)
  sensitive   = true
}

output "user_data_bytes" {
  description = "How long it is when packed. AWS takes 16384."
  value       = nonsensitive(floor(length(base64gzip(local.user_data)) / 4) * 3)
}
