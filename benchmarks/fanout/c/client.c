/* The load client: thousands of WebSocket viewers and one publisher in one epoll loop.
 *
 *   client HOST PORT raw|socketio|seenow deflate|plain PUBLISHER
 *
 * PUBLISHER is `viewer` (the first viewer sends the lines, as a page does), `ws:<path>` (a socket of its own)
 * or `unix:<path>` (a process beside the server takes them line by line). Commands come on stdin, each is
 * answered with one line of JSON on stdout; see `commands` at the end. */
#define _GNU_SOURCE
#include "crowd.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>

static struct processes groups[GROUPS];
static int group_count;

/* --- Measuring --------------------------------------------------------------------------------- */

static void open_window(void)
{
	memset(&window, 0, sizeof window);
	window.is_open = true;
	window.first = published;
	window.urgent_first = urgent_published;
	window.last = window.urgent_last = UINT32_MAX;
	for (int i = 0; i < count; i++)
		viewers[i].next_line = UNKNOWN;
	for (int i = 0; i < group_count; i++)
		groups[i].at_start = seconds_of(&groups[i]);
	window.own_at_start = own_seconds();
	window.started = now_ns();
}

static void close_window(void)
{
	window.ended = now_ns();
	window.last = published;
	window.urgent_last = urgent_published;
	window.own_used = own_seconds() - window.own_at_start;
	for (int i = 0; i < group_count; i++)
		window.used[i] = seconds_of(&groups[i]) - groups[i].at_start;
}

static bool is_complete(void)
{
	return window.received + window.sampled >= (uint64_t)(window.last - window.first) * (uint64_t)count &&
	       window.urgent_received >= (uint64_t)(window.urgent_last - window.urgent_first) * (uint64_t)count;
}

static void print_histogram(const char *name, const struct histogram *found)
{
	printf(",\"%s\":{\"count\":%lu,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f}", name, found->count,
	       percentile_ms(found, 0.5), percentile_ms(found, 0.99), (double)found->highest / 1000);
}

static void record_from_commit(void)
{
	for (uint32_t ordinal = window.urgent_first; ordinal < window.urgent_last; ordinal++)
		for (uint32_t i = 0; committed_at[ordinal] && i < had[ordinal]; i++)
			record(&window.committed, had_at[ordinal][i] - committed_at[ordinal]);
}

static void report(void)
{
	record_from_commit();
	uint64_t lines_sent = window.last - window.first, urgent_sent = window.urgent_last - window.urgent_first;
	uint64_t all = (uint64_t)count;
	printf("{\"seconds\":%.6f,\"viewers\":%d,\"open\":%d,\"published\":%lu,\"urgent_published\":%lu,"
	       "\"deliveries\":%lu,\"expected\":%lu,\"received\":%lu,\"urgent_expected\":%lu,\"urgent_received\":%lu,"
	       "\"sampled\":%lu,\"gaps\":%lu,\"frames\":%lu,\"bytes\":%lu",
	       (double)(window.ended - window.started) / 1e9, count, opened, lines_sent, urgent_sent, window.deliveries,
	       lines_sent * all, window.received, urgent_sent * all, window.urgent_received, window.sampled, window.gaps,
	       window.frames, window.bytes);
	print_histogram("latency", &window.latency);
	print_histogram("urgent", &window.urgent);
	print_histogram("committed", &window.committed);
	print_histogram("late", &window.late);
	printf(",\"cpu\":{\"client\":%.6f", window.own_used);
	for (int i = 0; i < group_count; i++)
		printf(",\"%s\":%.6f", groups[i].name, window.used[i]);
	puts("}}");
	window.is_open = false;
}

static void drain(double seconds)
{
	int64_t until = now_ns() + (int64_t)(seconds * 1e9);
	while (!is_complete() && now_ns() < until)
		turn(until);
}

/* What an overloaded server still owes from the cell before must not count in the next one. */
static void settle(void)
{
	int64_t until = now_ns() + 8 * SECOND, quiet_since = now_ns();
	memset(&window, 0, sizeof window);
	for (uint64_t heard = arrivals; now_ns() < until && now_ns() - quiet_since < SECOND / 4; heard = arrivals) {
		turn(now_ns() + SECOND / 20);
		if (arrivals != heard)
			quiet_since = now_ns();
	}
}

static int64_t publish_due(int64_t due, int64_t every, bool is_urgent)
{
	while (every && due <= now_ns()) {
		if (window.is_open)
			record(&window.late, now_ns() - due);
		if (is_urgent)
			publish_urgent();
		else
			publish_line();
		due += every;
	}
	return due;
}

/* Open loop: lines leave at their times whether or not the server keeps up. Both marks stand half-way
 * between two lines, so that no fan-out is cut in two at a low rate. */
static void run(double rate, double urgent_rate, double warm, double seconds, double patience)
{
	settle();
	int64_t every = rate > 0 ? (int64_t)(1e9 / rate) : 0, urgent_every = urgent_rate > 0 ? (int64_t)(1e9 / urgent_rate) : 0;
	int64_t start = now_ns() + 1000000, due = start, urgent_due = start + urgent_every / 3;
	int64_t mark = start + (int64_t)(warm * 1e9), end;
	if (every)
		mark = start + (mark - start) / every * every + every / 2;
	end = mark + (int64_t)(seconds * 1e9);
	for (int64_t now = start; now < end; now = now_ns()) {
		if (!window.is_open && now >= mark)
			open_window();
		due = publish_due(due, every, false);
		urgent_due = publish_due(urgent_due, urgent_every, true);
		int64_t next = window.is_open ? end : mark;
		if (every && due < next)
			next = due;
		if (urgent_every && urgent_due < next)
			next = urgent_due;
		turn(next);
	}
	close_window();
	drain(patience);
	report();
}

/* Closed loop: `flight` lines are always under way, the next leaves when one has reached everybody. A line
 * that does not arrive within two seconds is given up, or one lost frame would end the test. */
static void saturate(uint32_t flight, double warm, double seconds)
{
	settle();
	int64_t mark = now_ns() + (int64_t)(warm * 1e9), end = mark + (int64_t)(seconds * 1e9), progress = now_ns();
	uint32_t base = published, already = completed, done = completed, given_up = 0;
	for (int64_t now = now_ns(); now < end; now = now_ns()) {
		if (!window.is_open && now >= mark)
			open_window();
		if (completed != done)
			progress = now, done = completed;
		else if (now - progress > 2 * SECOND)
			given_up += flight, progress = now;
		while ((int64_t)(published - base) - (completed - already) - given_up < flight)
			publish_line();
		turn(now + 10000000);
	}
	close_window();
	drain(5);
	report();
}

/* --- Commands ---------------------------------------------------------------------------------- */

/* Each line: path, cookie and receive buffer (0: the usual one), separated by tabs. `parallel` at once. */
static void open_all(const char *file, int parallel)
{
	char path[2048], cookie[1024];
	int buffer;
	FILE *targets = fopen(file, "r");
	int64_t until = now_ns() + 60 * SECOND;
	refused = 0;
	while (targets && fscanf(targets, "%2047[^\t]\t%1023[^\t]\t%d\n", path, cookie, &buffer) == 3) {
		if (count == MOST_VIEWERS)
			fail("too many viewers");
		open_viewer(&viewers[count++], path, cookie[0] == '-' ? "" : cookie, buffer);
		while (opening >= parallel && now_ns() < until)
			turn(until);
	}
	if (!targets)
		fail("no file %s", file);
	fclose(targets);
	while (opening && now_ns() < until)
		turn(until);
	printf("{\"open\":%d,\"refused\":%d,\"opening\":%d}\n", opened, refused, opening);
}

/* The last `number` viewers read nothing any more and are no longer counted on. */
static void stall(int number)
{
	for (int i = count - number; i < count; i++) {
		viewers[i].stalled = true;
		epoll_ctl(poll_fd, EPOLL_CTL_DEL, viewers[i].fd, NULL);
	}
	count -= number;
	printf("{\"stalled\":%d}\n", number);
}

/* How many of the stalled the server has hung up on; seen without reading. */
static void count_cut(int number)
{
	int cut = 0;
	for (int i = count; i < count + number; i++) {
		struct pollfd line = {.fd = viewers[i].fd, .events = POLLRDHUP};
		cut += poll(&line, 1, 0) > 0;
	}
	printf("{\"cut\":%d}\n", cut);
}

/* Let the stalled viewers read on until the server's end of each line, and say where they stood. */
static void wake(int number, double patience)
{
	int64_t until = now_ns() + (int64_t)(patience * 1e9);
	for (int i = count; i < count + number; i++) {
		struct epoll_event event = {.events = EPOLLIN, .data.ptr = &viewers[i]};
		epoll_ctl(poll_fd, EPOLL_CTL_ADD, viewers[i].fd, &event);
	}
	for (int i = count; i < count + number; i++)
		while (viewers[i].state != CLOSED && now_ns() < until)
			turn(until);
	printf("{\"viewers\":[");
	for (int i = count; i < count + number; i++)
		printf("%s{\"is_cut\":%s,\"reset\":%s,\"code\":%d,\"epoch\":\"%s\",\"seq\":%ld}", i > count ? "," : "",
		       viewers[i].state == CLOSED ? "true" : "false", viewers[i].is_reset ? "true" : "false",
		       viewers[i].close_code, viewers[i].epoch, viewers[i].seq);
	puts("]}");
}

static void say_recovered(int number)
{
	int recovered = 0;
	for (int i = count - number; i < count; i++)
		recovered += viewers[i].state == OPEN && viewers[i].recovered;
	printf("{\"recovered\":%d}\n", recovered);
}

/* One line of text each, the marker's place found by its first sign. */
static void load_lines(const char *file)
{
	char *text = NULL;
	size_t capacity = 0;
	FILE *found = fopen(file, "r");
	if (!found)
		fail("no file %s", file);
	line_count = 0;
	for (ssize_t length; (length = getline(&text, &capacity, found)) > 0;) {
		char *marker = memchr(text, '~', (size_t)length);
		if (!marker)
			fail("a line without a marker");
		lines = realloc(lines, (line_count + 1) * sizeof *lines);
		lines[line_count].text = strndup(text, (size_t)length - 1);
		lines[line_count].length = (size_t)length - 1;
		lines[line_count].marker = (size_t)(marker - text);
		marker = memchr(marker + MARKER, '~', (size_t)(text + length - marker - MARKER));
		lines[line_count++].second = marker ? (size_t)(marker - text) : 0;
	}
	free(text);
	fclose(found);
	printf("{\"lines\":%zu}\n", line_count);
}

static void watch(const char *name, char *pids)
{
	struct processes *group = &groups[group_count++];
	if (group_count > GROUPS)
		fail("too many groups");
	snprintf(group->name, sizeof group->name, "%.23s", name);
	for (char *pid = strtok(pids, ","); pid && group->count < 64; pid = strtok(NULL, ","))
		group->pids[group->count++] = atoi(pid);
	printf("{\"watched\":%d}\n", group->count);
}

/* Processes that a server started later are watched by naming its group again. */
static void watch_again(const char *name, char *pids)
{
	for (int i = 0; i < group_count; i++)
		if (!strcmp(groups[i].name, name))
			groups[i] = groups[--group_count];
	watch(name, pids);
}

static bool command(char *text)
{
	char word[512], file[1024];
	double rate, urgent, warm, seconds, patience;
	int number;
	if (sscanf(text, "open %1023s %d", file, &number) == 2)
		open_all(file, number);
	else if (sscanf(text, "lines %1023s", file) == 1)
		load_lines(file);
	else if (sscanf(text, "watch %511s %1023s", word, file) == 2)
		watch_again(word, file);
	else if (sscanf(text, "run %lf %lf %lf %lf %lf", &rate, &urgent, &warm, &seconds, &patience) == 5)
		run(rate, urgent, warm, seconds, patience);
	else if (sscanf(text, "saturate %d %lf %lf", &number, &warm, &seconds) == 3)
		saturate((uint32_t)number, warm, seconds);
	else if (sscanf(text, "stall %d", &number) == 1)
		stall(number);
	else if (sscanf(text, "wake %d %lf", &number, &patience) == 2)
		wake(number, patience);
	else if (sscanf(text, "cut %d", &number) == 1)
		count_cut(number);
	else if (!strcmp(text, "open?"))
		printf("{\"open\":%d}\n", opened);
	else if (sscanf(text, "recovered %d", &number) == 1)
		say_recovered(number);
	else
		return false;
	return true;
}

/* The next command; sockets are served meanwhile. The driver sends one and waits for its answer. */
static bool next_command(char *text, int size)
{
	for (keyboard_ready = false; !keyboard_ready;)
		turn(now_ns() + SECOND);
	return fgets(text, size, stdin);
}

static void open_publisher(const char *where)
{
	if (!strncmp(where, "unix:", 5)) {
		struct sockaddr_un place = {.sun_family = AF_UNIX};
		snprintf(place.sun_path, sizeof place.sun_path, "%s", where + 5);
		publisher_fd = socket(AF_UNIX, SOCK_STREAM, 0);
		publisher_is_ws = false;
		if (connect(publisher_fd, (void *)&place, sizeof place))
			fail("no publisher at %s", where);
		struct epoll_event event = {.events = EPOLLIN, .data.ptr = &link_};
		epoll_ctl(poll_fd, EPOLL_CTL_ADD, publisher_fd, &event);
	} else if (!strncmp(where, "ws:", 3)) {
		open_viewer(&link_, where + 3, "", 0);
		while (link_.state != OPEN && link_.state != CLOSED)
			turn(now_ns() + SECOND);
		if (link_.state == CLOSED)
			fail("the publisher was refused");
		publisher_fd = link_.fd;
		opened--;
	}
	viewers_publish = !strcmp(where, "viewers");
}

int main(int argc, char **argv)
{
	if (argc != 6)
		fail("client HOST PORT raw|socketio|seenow deflate|plain viewer|viewers|ws:PATH|unix:PATH");
	host = argv[1];
	address = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[2]))};
	inet_pton(AF_INET, host, &address.sin_addr);
	flavour = !strcmp(argv[3], "seenow") ? SEENOW : !strcmp(argv[3], "socketio") ? SOCKET_IO : RAW;
	offers_deflate = !strcmp(argv[4], "deflate");
	poll_fd = epoll_create1(0);
	setvbuf(stdout, NULL, _IOLBF, 0);
	open_publisher(argv[5]);

	/* The keyboard is the event without a viewer. */
	struct epoll_event event = {.events = EPOLLIN};
	epoll_ctl(poll_fd, EPOLL_CTL_ADD, 0, &event);
	for (char text[4096]; next_command(text, sizeof text);) {
		text[strcspn(text, "\n")] = 0;
		if (!strcmp(text, "quit"))
			break;
		if (!command(text))
			fail("no such command: %s", text);
	}
	return 0;
}
