package org.oncotwin.cli.site;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A person who answers what the variable of a question says. */
final class CallerForTests implements Caller {
    final Map<String, String> answers = new HashMap<>();
    Optional<String> token = Optional.empty();

    @Override
    public Optional<String> ask(Question question) {
        return Optional.ofNullable(answers.get(question.variable()));
    }

    @Override
    public Optional<String> token(Path site) {
        return token;
    }

    @Override
    public void keep(Path site, String kept) {
        token = Optional.of(kept);
    }

    @Override
    public void forget(Path site) {
        token = Optional.empty();
    }
}
