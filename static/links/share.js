// The page is not kept in the history, so that going back does not lead to it again.
location.replace(document.querySelector("main").dataset.target);
