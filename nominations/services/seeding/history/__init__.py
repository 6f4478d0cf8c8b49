"""The demonstration's history: files of 2022 to 2025 played act by act through the services, by invented people."""
