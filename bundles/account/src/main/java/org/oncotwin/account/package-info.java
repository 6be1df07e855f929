/** Accounts, sessions and electronic signatures after 21 CFR Part 11. */
package org.oncotwin.account;
