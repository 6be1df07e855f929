# SPDX-License-Identifier: Apache-2.0
# deSolve on the ODE benchmarks with the models of models.c: one JSON object per line. Usage: desolve.R PROBLEMS.txt MODELS.so SYSTEMS; PROBLEMS.txt is written by peers.py.
suppressMessages(library(deSolve))
arguments <- commandArgs(TRUE)
invisible(dyn.load(arguments[2]))
systems <- as.integer(arguments[3])
library_name <- sub("\\.so$", "", basename(arguments[2]))
seconds_per_run <- 0.15
most_steps <- 2e6

now <- function() as.numeric(Sys.time())

numbers <- scan(arguments[1], what = character(), quiet = TRUE)
position <- 0
take <- function(count) {
    taken <- if (count > 0) numbers[position + seq_len(count)] else character()
    position <<- position + count
    taken
}

read_problem <- function() {
    problem <- list(name = take(1))
    sizes <- as.integer(take(3))
    problem$n <- sizes[1]
    problem$end <- as.numeric(take(1))
    problem$initial <- as.numeric(take(sizes[1]))
    problem$floor <- as.numeric(take(sizes[1]))
    problem$reference <- as.numeric(take(sizes[1]))
    problem$doses <- matrix(as.numeric(take(3 * sizes[2])), ncol = 3, byrow = TRUE)
    problem$constants <- as.numeric(take(sizes[3]))
    if (sizes[3] == 0) problem$constants <- 0
    problem
}

# One call of deSolve: doses are its events (compiled as well), at which it stops and starts anew. A dose at the start enters the initial state.
call_of <- function(problem, method, relative, times, parms) {
    y <- setNames(problem$initial, paste0("y", seq_len(problem$n)))
    doses <- problem$doses
    for (row in which(doses[, 1] == 0)) y[doses[row, 2] + 1] <- y[doses[row, 2] + 1] + doses[row, 3]
    doses <- doses[doses[, 1] > 0, , drop = FALSE]
    events <- NULL
    if (nrow(doses) > 0) {
        events <- list(func = paste0(gsub("-", "_", problem$name), "_dose"), time = doses[, 1])
    }
    stem <- gsub("-", "_", problem$name)
    given <- list(y = y, times = sort(unique(c(0, doses[, 1], times))), func = paste0(stem, "_derivs"), parms = parms, rtol = relative, atol = relative * problem$floor,
                  jacfunc = paste0(stem, "_jac"), dllname = library_name, initfunc = paste0("constants_", length(parms)), events = events)
    if (method == "lsoda") given <- c(given, jactype = "fullusr", maxsteps = most_steps)
    if (method == "vode") given <- c(given, jactype = "fullusr", mf = 21, maxsteps = most_steps)
    if (method == "radau") given <- c(given, jactype = "fullusr", maxsteps = most_steps)
    if (method == "daspk") {
        given$jacfunc <- NULL # its Jacobian is that of the residual; it takes differences
        # its own first step is too long where a transient is short, and it then stops
        given <- c(given, maxsteps = most_steps, hini = 1e-10 * problem$end)
    }
    solver <- get(method)
    function() do.call(solver, given)
}

repeated <- function(work) {
    best <- Inf
    total <- 0
    runs <- 0
    while (total < seconds_per_run && runs < 2000) {
        start <- now()
        result <- work()
        took <- now() - start
        best <- min(best, took)
        total <- total + took
        runs <- runs + 1
    }
    list(best = best, runs = runs, result = result)
}

line <- function(...) cat(paste0("{", paste0(..., collapse = ""), "}"), "\n", sep = "")

measure <- function(problem) {
    for (method in c("lsoda", "vode", "radau", "daspk")) {
        head <- sprintf('"problem": "%s", "program": "deSolve", "method": "%s"', problem$name, method)
        # the same call over next to no time: what R itself costs, and a start after each dose
        idle <- problem
        idle$doses[, 1] <- idle$doses[, 1] * 1e-9
        call <- repeated(call_of(idle, method, 1e-4, problem$end * 1e-9, problem$constants))$best
        for (digits in 4:10) {
            relative <- 10^-digits
            outcome <- tryCatch({
                timed <- repeated(call_of(problem, method, relative, problem$end, problem$constants))
                table <- timed$result
                last <- table[nrow(table), ]
                if (last[1] != problem$end || any(!is.finite(last))) stop("it did not come to the end")
                error <- max(abs(last[-1] - problem$reference) / (problem$floor + abs(problem$reference)))
                state <- attr(table, "istate")
                counted <- if (nrow(problem$doses) == 0 && method != "daspk") sprintf(', "steps": %d, "evaluations": %d', state[2], state[3]) else ""
                sprintf(', "seconds": %.9g, "callSeconds": %.9g, "runs": %d, "error": %.6g%s', timed$best, call, timed$runs, error, counted)
            }, error = function(e) sprintf(', "failed": "%s"', gsub('[\n"\\\\]', " ", conditionMessage(e))))
            line(head, sprintf(', "tolerance": %g', relative), outcome)
        }
    }
}

# The batch: parameters as in TwoCompartments.java.
batch <- function(method) {
    irrational <- c(0.8566748838545029, 0.733891856627126, 0.6287067210378087, 0.5385972572236101)
    middle <- c(48, 20, 36, 60)
    problem <- list(name = "two-compartments", n = 2, initial = c(0, 0), floor = c(1e-3, 1e-3), doses = cbind((0:19) / 2, 0, 100))
    start <- now()
    sum <- 0
    for (s in seq_len(systems)) {
        values <- middle * exp(1.2 * ((s * irrational) %% 1 - 0.5))
        table <- call_of(problem, method, 1e-6, c(1:29 * 10 / 30, 10), values)()
        sum <- sum + table[nrow(table), 3]
    }
    took <- now() - start
    line(sprintf('"problem": "batch", "program": "deSolve", "method": "%s", "tolerance": 1e-6, "systems": %d, "systemsPerSecond": %.6g, "sum": %.12g', method, systems, systems / took, sum))
}

invisible(capture.output(version <- packageVersion("deSolve")))
line(sprintf('"versions": {"R": "%s", "deSolve": "%s"}', paste(R.version$major, R.version$minor, sep = "."), version))
while (position < length(numbers)) measure(read_problem())
batch("lsoda")
