"""The recap for people: a page that stands on its own."""
