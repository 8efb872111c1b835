"""What became of promises: each commitment with its years, whether it was kept, and the views on all of them."""
