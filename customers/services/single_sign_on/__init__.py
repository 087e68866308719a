"""Single sign-on: users who sign in at an OpenID Connect provider."""
