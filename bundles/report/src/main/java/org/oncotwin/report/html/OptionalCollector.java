package org.oncotwin.report.html;

import com.samskivert.mustache.DefaultCollector;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;

/** Lets a section of a template stand for an optional value: shown once with the value, or not at all. */
final class OptionalCollector extends DefaultCollector {

    @Override
    public Iterator<?> toIterator(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.isPresent()
                    ? Collections.singletonList(optional.orElseThrow()).iterator()
                    : Collections.emptyIterator();
        }
        return super.toIterator(value);
    }
}
