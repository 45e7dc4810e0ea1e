/* The load client: thousands of WebSocket viewers and one publisher in one epoll loop.
 *
 *   client HOST PORT raw|socketio|seenow deflate|plain PUBLISHER
 *
 * PUBLISHER is `viewer` (the first viewer sends the lines, as a page does), `ws:<path>` (a socket of its own)
 * or `unix:<path>` (a process beside the server takes them line by line). Commands come on stdin, each is
 * answered with one line of JSON on stdout; see `commands` at the end. */
#define _GNU_SOURCE
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define NONCE "dGhlIHNhbXBsZSBub25jZQ==" /* the sample of RFC 6455, its answer too */
#define ACCEPT "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
#define SECOND 1000000000LL
#define MOST_VIEWERS 20000
#define READ_SIZE (1 << 18)
#define GROUPS 8
#define UNKNOWN UINT32_MAX

enum state { CONNECTING, OPENING, OPEN, CLOSED };

struct viewer {
	int fd, close_code;
	enum state state;
	bool stalled, is_reset, recovered;
	uint32_t next_line; /* the number expected next, UNKNOWN before the first of a window */
	int64_t seq;        /* where this viewer stands in SeeNow's log */
	char epoch[40], *request;
	uint8_t *rest; /* of a frame that has not wholly arrived */
	size_t rest_length;
	z_stream *inflater; /* when the server keeps its compression context */
};

static struct viewer viewers[MOST_VIEWERS], link_; /* `link_`: the publisher's own socket, if it has one */
static int count, opened, refused, opening, poll_fd, publisher_fd = -1;
static struct sockaddr_in address;
static const char *host;
static enum flavour flavour;
static bool offers_deflate, publisher_is_ws = true, viewers_publish, keyboard_ready;
static uint8_t input[READ_SIZE];

static struct { char *text; size_t length, marker, second; } *lines; /* `second`: a second marker, or 0 */
static size_t line_count;
static char pending[1 << 20]; /* what the publisher's socket did not take yet */
static size_t pending_length;

static struct processes groups[GROUPS];
static int group_count;

static int64_t sent_at[NUMBERS], urgent_at[NUMBERS];
/* When the writer's transaction was committed, as it tells us, and when each viewer had the frame: the word
 * of the commit may come later than the frame itself. */
static int64_t committed_at[NUMBERS], *had_at[NUMBERS];
static uint32_t had[NUMBERS];
static uint32_t arrived[NUMBERS]; /* how many viewers have the line */
static uint32_t published, urgent_published, completed;
static uint64_t arrivals;

/* What is counted between the marks; lines and urgent frames of the window are [first, last). */
static struct {
	bool is_open;
	int64_t started, ended;
	uint32_t first, last, urgent_first, urgent_last;
	uint64_t deliveries, bytes, frames, received, urgent_received, gaps, sampled;
	double own_at_start, own_used, used[GROUPS];
	struct histogram latency, urgent, committed, late;
} window;

static void fail(const char *format, ...)
{
	va_list values;
	va_start(values, format);
	fputs("load client: ", stderr);
	vfprintf(stderr, format, values);
	fputc('\n', stderr);
	exit(3);
}

/* --- Publishing -------------------------------------------------------------------------------- */

static void push_bytes(const void *bytes, size_t length)
{
	if (pending_length + length > sizeof pending)
		fail("the publisher is stuck: the server takes no more lines");
	memcpy(pending + pending_length, bytes, length);
	pending_length += length;
}

static void flush_pending(int fd)
{
	ssize_t sent = pending_length ? send(fd, pending, pending_length, MSG_NOSIGNAL | MSG_DONTWAIT) : 0;
	if (sent < 0 && errno != EAGAIN) {
		if (publisher_fd >= 0)
			fail("the publisher's socket is gone: %s", strerror(errno));
		pending_length = 0; /* a server that drops its viewers loses the line, and is told so */
	}
	if (sent > 0)
		memmove(pending, pending + sent, pending_length -= (size_t)sent);
}

/* Masked as a client must, with a mask of zeros: it changes nothing and costs nothing. */
static size_t masked_header(uint8_t *place, uint8_t opcode, size_t length)
{
	size_t size = frame_header(place, opcode, length);
	place[1] |= 0x80;
	memset(place + size, 0, 4);
	return size + 4;
}

static void send_frame(int fd, uint8_t opcode, const void *payload, size_t length)
{
	uint8_t frame[256];
	size_t header = masked_header(frame, opcode, length);
	memcpy(frame + header, payload, length);
	if (send(fd, frame, header + length, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
		return; /* a dead socket is noticed when it is read */
}

static int line_fd(uint32_t number)
{
	if (viewers_publish)
		return viewers[number % (uint32_t)count].fd;
	if (publisher_fd >= 0)
		return publisher_fd;
	int first = 0;
	while (first < count - 1 && viewers[first].state != OPEN)
		first++;
	return viewers[first].fd;
}

static void publish_line(void)
{
	uint32_t number = published++ % NUMBERS;
	size_t index = number % line_count, length = lines[index].length;
	uint8_t header[16];
	if (viewers_publish && pending_length)
		fail("a viewer's socket took no line");
	put_marker(lines[index].text + lines[index].marker, number);
	if (lines[index].second)
		put_marker(lines[index].text + lines[index].second, number);
	arrived[number] = 0;
	sent_at[number] = now_ns();
	if (publisher_is_ws)
		push_bytes(header, masked_header(header, 1, length));
	push_bytes(lines[index].text, length);
	if (!publisher_is_ws)
		push_bytes("\n", 1);
	flush_pending(line_fd(number));
}

static void publish_urgent(void)
{
	char command[32];
	if (urgent_published == NUMBERS)
		fail("too many urgent frames");
	urgent_at[urgent_published] = now_ns();
	push_bytes(command, (size_t)sprintf(command, "!%u\n", urgent_published++));
	flush_pending(publisher_fd);
}

/* --- Reading ----------------------------------------------------------------------------------- */

static void close_viewer(struct viewer *viewer)
{
	if (viewer->state == CLOSED)
		return;
	if (viewer->state == OPEN)
		opened--;
	else
		opening--, refused++;
	viewer->state = CLOSED;
	close(viewer->fd);
}

static void count_line(struct viewer *viewer, uint32_t number, int64_t now)
{
	if (number >= NUMBERS || !sent_at[number])
		return;
	arrivals++;
	if (++arrived[number] == (uint32_t)count)
		completed++;
	if (!window.is_open)
		return;
	if (viewer->next_line != UNKNOWN && number != viewer->next_line)
		window.gaps++;
	viewer->next_line = (number + 1) % NUMBERS;
	window.deliveries += !window.ended;
	if (number >= window.first && number < window.last) {
		window.received++;
		record(&window.latency, now - sent_at[number]);
	}
}

static void count_urgent(uint32_t ordinal, int64_t now)
{
	window.deliveries += window.is_open && !window.ended;
	if (!window.is_open || ordinal < window.urgent_first || ordinal >= window.urgent_last)
		return;
	window.urgent_received++;
	record(&window.urgent, now - urgent_at[ordinal]);
	if (!had_at[ordinal] && !(had_at[ordinal] = calloc(MOST_VIEWERS, sizeof(int64_t))))
		fail("memory");
	if (had[ordinal] < MOST_VIEWERS)
		had_at[ordinal][had[ordinal]++] = now;
}

static void greet(struct viewer *viewer, const struct parsed *found)
{
	memcpy(viewer->epoch, found->epoch, sizeof viewer->epoch);
	viewer->recovered = found->recovered;
	viewer->seq = found->last_seq;
	if (viewer->state == OPENING) {
		viewer->state = OPEN;
		opening--, opened++;
	}
}

static void take(struct viewer *viewer, const uint8_t *payload, size_t length, bool compressed)
{
	const struct parsed *found = parse(flavour, payload, length, compressed, viewer->inflater);
	int64_t now = now_ns();
	if (found->hello) {
		greet(viewer, found);
		return;
	}
	if (found->first_seq) {
		if (found->broken || found->first_seq != viewer->seq + 1)
			window.gaps++;
		viewer->seq = found->last_seq;
	}
	window.sampled += found->sampled;
	window.frames += !window.ended;
	for (int i = 0; i < found->events; i++)
		if (found->event[i].urgent)
			count_urgent(found->event[i].number, now);
		else
			count_line(viewer, found->event[i].number, now);
}

/* Engine.IO: 0 opens, we join the namespace with 40, the server answers 40{...}; 2 is a ping. */
static bool is_control(struct viewer *viewer, const uint8_t *payload, size_t length)
{
	if (flavour != SOCKET_IO || !length)
		return false;
	if (payload[0] == '0')
		send_frame(viewer->fd, 1, "40", 2);
	else if (payload[0] == '2')
		send_frame(viewer->fd, 1, "3", 1);
	else if (length > 1 && payload[0] == '4' && payload[1] == '0' && viewer->state == OPENING) {
		viewer->state = OPEN;
		opening--, opened++;
	}
	return payload[0] != '4' || length < 2 || payload[1] != '2';
}

static void take_frame(struct viewer *viewer, uint8_t first, const uint8_t *payload, size_t length)
{
	if (!(first & 0x80))
		fail("a fragmented frame");
	switch (first & 15) {
	case 1:
	case 2:
		if (!is_control(viewer, payload, length))
			take(viewer, payload, length, first & 0x40);
		break;
	case 8:
		viewer->close_code = length > 1 ? payload[0] << 8 | payload[1] : 1005;
		send_frame(viewer->fd, 8, payload, length < 2 ? length : 2);
		break;
	case 9:
		send_frame(viewer->fd, 10, payload, length);
		break;
	}
}

/* The bytes used up; 0 when the frame has not wholly arrived. */
static size_t read_frame(struct viewer *viewer, const uint8_t *at, size_t left)
{
	size_t header = 2, length;
	if (left < 2)
		return 0;
	length = at[1] & 127;
	if (length == 126)
		header = 4;
	else if (length == 127)
		header = 10;
	if (left < header)
		return 0;
	if (header > 2)
		length = 0;
	for (size_t i = 2; i < header; i++)
		length = length << 8 | at[i];
	if (left - header < length)
		return 0;
	take_frame(viewer, at[0], at + header, length);
	return header + length;
}

static void keep_context(struct viewer *viewer, const char *response)
{
	if (!strcasestr(response, "permessage-deflate") || strcasestr(response, "server_no_context_takeover"))
		return;
	viewer->inflater = calloc(1, sizeof *viewer->inflater);
	if (!viewer->inflater || inflateInit2(viewer->inflater, -15) != Z_OK)
		fail("zlib");
}

static size_t read_response(struct viewer *viewer, const uint8_t *at, size_t left)
{
	const uint8_t *end = memmem(at, left, "\r\n\r\n", 4);
	if (!end)
		return 0;
	char response[4096] = {0};
	size_t length = (size_t)(end - at) + 4;
	memcpy(response, at, length < sizeof response ? length : sizeof response - 1);
	if (strncmp(response, "HTTP/1.1 101", 12) || !strstr(response, ACCEPT)) {
		close_viewer(viewer);
		return left;
	}
	/* Acknowledge every second frame, as the standard allows: on loopback each one costs the client's core. */
	int off = 0;
	setsockopt(viewer->fd, IPPROTO_TCP, TCP_QUICKACK, &off, sizeof off);
	keep_context(viewer, response);
	viewer->state = OPENING;
	if (flavour == RAW || viewer == &link_) {
		viewer->state = OPEN;
		opening--, opened++;
	}
	return length;
}

static void keep_rest(struct viewer *viewer, const uint8_t *at, size_t left)
{
	free(viewer->rest);
	viewer->rest = NULL;
	viewer->rest_length = left;
	if (left && !(viewer->rest = malloc(left)))
		fail("memory");
	if (left)
		memcpy(viewer->rest, at, left);
}

static void consume(struct viewer *viewer, size_t length)
{
	uint8_t *at = input;
	while (length && viewer->state != CLOSED) {
		size_t used = viewer->state == CONNECTING ? read_response(viewer, at, length) : read_frame(viewer, at, length);
		if (!used)
			break;
		at += used;
		length -= used;
	}
	if (length || viewer->rest)
		keep_rest(viewer, at, viewer->state == CLOSED ? 0 : length);
}

static void receive(struct viewer *viewer)
{
	size_t kept = viewer->rest_length;
	if (kept >= READ_SIZE)
		fail("a frame larger than the buffer");
	if (kept)
		memcpy(input, viewer->rest, kept);
	ssize_t got = recv(viewer->fd, input + kept, READ_SIZE - kept, MSG_DONTWAIT);
	if (got < 0 && errno == EAGAIN)
		return;
	if (got <= 0) {
		viewer->is_reset = got < 0;
		close_viewer(viewer);
		return;
	}
	if (window.is_open && !window.ended)
		window.bytes += (uint64_t)got;
	consume(viewer, kept + (size_t)got);
}

/* The writer's words: `<nanoseconds>` of each committed urgent fact, in the order of the commands. */
static void hear_commits(void)
{
	static char text[4096];
	static size_t length;
	static uint32_t next;
	ssize_t got = recv(publisher_fd, text + length, sizeof text - 1 - length, MSG_DONTWAIT);
	if (got <= 0) {
		if (got == 0 || errno != EAGAIN)
			fail("the writer hung up");
		return;
	}
	text[length += (size_t)got] = 0;
	char *line = text, *end;
	for (; (end = strchr(line, '\n')); line = end + 1)
		committed_at[next++ % NUMBERS] = strtoll(line, NULL, 10);
	memmove(text, line, length -= (size_t)(line - text));
}

/* --- The loop ---------------------------------------------------------------------------------- */

static void ask(struct viewer *viewer)
{
	size_t length = strlen(viewer->request);
	if (send(viewer->fd, viewer->request, length, MSG_NOSIGNAL) != (ssize_t)length) {
		close_viewer(viewer);
		return;
	}
	free(viewer->request);
	viewer->request = NULL;
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = viewer};
	epoll_ctl(poll_fd, EPOLL_CTL_MOD, viewer->fd, &event);
}

/* Serve sockets until `until`, at most one round of waiting. */
static void turn(int64_t until)
{
	struct epoll_event events[512];
	int64_t left = until - now_ns();
	struct timespec wait = {.tv_sec = left > 0 ? left / SECOND : 0, .tv_nsec = left > 0 ? left % SECOND : 0};
	int ready = epoll_pwait2(poll_fd, events, 512, &wait, NULL);
	for (int i = 0; i < ready; i++) {
		struct viewer *viewer = events[i].data.ptr;
		if (!viewer)
			keyboard_ready = true;
		else if (viewer == &link_ && !publisher_is_ws)
			hear_commits();
		else if (viewer->state != CLOSED && viewer->request)
			ask(viewer);
		else if (viewer->state != CLOSED)
			receive(viewer);
	}
	if (pending_length)
		flush_pending(line_fd((published - 1) % NUMBERS));
}

static void open_viewer(struct viewer *viewer, const char *path, const char *cookie, int receive_buffer)
{
	*viewer = (struct viewer){.state = CONNECTING};
	if (asprintf(&viewer->request,
		     "GET %s HTTP/1.1\r\nHost: %s:%d\r\nOrigin: http://%s:%d\r\nUpgrade: websocket\r\n"
		     "Connection: Upgrade\r\nSec-WebSocket-Key: " NONCE "\r\nSec-WebSocket-Version: 13\r\n%s%s%s%s\r\n",
		     path, host, ntohs(address.sin_port), host, ntohs(address.sin_port),
		     offers_deflate ? "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n" : "",
		     *cookie ? "Cookie: " : "", cookie, *cookie ? "\r\n" : "") < 0)
		fail("memory");
	viewer->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	int on = 1;
	setsockopt(viewer->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	if (receive_buffer)
		setsockopt(viewer->fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
	if (viewer->fd < 0 || (connect(viewer->fd, (void *)&address, sizeof address) && errno != EINPROGRESS))
		fail("no socket: %s", strerror(errno));
	struct epoll_event event = {.events = EPOLLOUT, .data.ptr = viewer};
	if (epoll_ctl(poll_fd, EPOLL_CTL_ADD, viewer->fd, &event))
		fail("epoll: %s", strerror(errno));
	opening++;
}

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
