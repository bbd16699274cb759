"""Reads of the pages made of many domains. Each asks the domains' selectors by name, so that it reads like the page's contents."""
