"""What the internet sees: CloudFront's address, and behind it the HTTP API, function URLs and Amplify's site."""
