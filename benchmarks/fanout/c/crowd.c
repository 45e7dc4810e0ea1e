/* The crowd's sockets: handshakes, frames up and down, one turn of the epoll loop. */
#define _GNU_SOURCE
#include "crowd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define NONCE "dGhlIHNhbXBsZSBub25jZQ==" /* the sample of RFC 6455, its answer too */
#define ACCEPT "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
#define READ_SIZE (1 << 18)

struct viewer viewers[MOST_VIEWERS], link_;
int count, opened, refused, opening, poll_fd, publisher_fd = -1;
struct sockaddr_in address;
const char *host;
enum flavour flavour;
bool offers_deflate, publisher_is_ws = true, viewers_publish, keyboard_ready;
struct line *lines;
size_t line_count;
uint32_t published, urgent_published, completed;
uint64_t arrivals;
int64_t committed_at[NUMBERS], *had_at[NUMBERS];
uint32_t had[NUMBERS];
struct window window;

static uint8_t input[READ_SIZE];
static char pending[1 << 20]; /* what the publisher's socket did not take yet */
static size_t pending_length;
static int64_t sent_at[NUMBERS], urgent_at[NUMBERS];
static uint32_t arrived[NUMBERS]; /* how many viewers have the line */

void fail(const char *format, ...)
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

void publish_line(void)
{
	uint32_t number = published++;
	size_t index = number % line_count, length = lines[index].length;
	uint8_t header[16];
	if (viewers_publish && pending_length)
		fail("a viewer's socket took no line");
	if (number >= NUMBERS)
		fail("too many lines for one visit");
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

void publish_urgent(void)
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
	viewer->next_line = number + 1;
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
void turn(int64_t until)
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
		flush_pending(line_fd(published - 1));
}

void open_viewer(struct viewer *viewer, const char *path, const char *cookie, int receive_buffer)
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
