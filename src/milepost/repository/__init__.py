"""Revisions, trees and files. The only room that knows pygit2 and the git command."""
