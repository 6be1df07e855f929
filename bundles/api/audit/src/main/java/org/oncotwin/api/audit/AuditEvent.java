package org.oncotwin.api.audit;

/**
 * What happened.
 *
 * @param actor account that did it, or {@code system}
 * @param action what was done, such as {@code change.promote}
 * @param subject to what, such as {@code change 12}
 * @param before value before, as text or JSON; empty if there was none
 * @param after value after, as text or JSON; empty if there is none
 * @param reason why, in the words of who did it; empty if nobody was to be asked
 */
public record AuditEvent(String actor, String action, String subject, String before, String after, String reason) {}
