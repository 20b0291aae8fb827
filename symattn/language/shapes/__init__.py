"""What fits together: `grammar` says so for every node, `shapes` walks a tree, `refusals` has words for misfits."""
