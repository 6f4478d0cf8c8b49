"""What the database itself keeps and refuses, tried through the models and through plain SQL on both databases."""
