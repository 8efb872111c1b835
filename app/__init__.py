"""What people use: the command line and the web chat. Nothing imports this package."""
