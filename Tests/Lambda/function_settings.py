"""What the functions of these tests are told."""

KEY = "a-key-for-functions"
CURSOR_KEY = "c" * 64
PUBLIC_URL = "https://feed.example.com"
