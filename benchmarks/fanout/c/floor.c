/* The floor: what fan-out costs when nothing is between the socket and write(2).
 *
 * One thread, one epoll, no library. It answers a handshake, takes frames of any socket and writes each to all
 * of them. It knows nothing else: only the sample nonce of RFC 6455, small unfragmented frames, no slow reader. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 20000
#define ROOM 65536

static const char ANSWER[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
			     "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

static int fds[MOST], slot[MOST * 2], count;
static struct { uint8_t *bytes; size_t length; } rest[MOST * 2];
static bool greeted[MOST * 2];
static uint8_t input[ROOM * 2], output[ROOM + 16];

static void leave(int fd)
{
	if (greeted[fd]) {
		fds[slot[fd]] = fds[--count];
		slot[fds[slot[fd]]] = slot[fd];
	}
	greeted[fd] = false;
	rest[fd].length = 0;
	close(fd);
}

static void enter(int fd)
{
	if (count == MOST || write(fd, ANSWER, sizeof ANSWER - 1) < 0)
		return;
	greeted[fd] = true;
	slot[fd] = count;
	fds[count++] = fd;
}

static void broadcast(const uint8_t *payload, size_t length)
{
	size_t header = 2;
	output[0] = 0x81;
	output[1] = (uint8_t)length;
	if (length > 125) {
		output[1] = 126;
		output[2] = (uint8_t)(length >> 8);
		output[3] = (uint8_t)length;
		header = 4;
	}
	memcpy(output + header, payload, length);
	for (int i = 0; i < count; i++)
		if (write(fds[i], output, header + length) < 0 && errno != EAGAIN)
			continue; /* its end is read soon */
}

/* The bytes used; 0 when the frame has not wholly arrived. */
static size_t read_frame(uint8_t *at, size_t left)
{
	size_t header = 6, length = left > 1 ? at[1] & 127 : 0;
	if (left < 8)
		return 0;
	if (length == 127)
		exit(2); /* more than 64 KiB: not here */
	if (length == 126) {
		header = 8;
		length = (size_t)(at[2] << 8 | at[3]);
	}
	if (left < header + length)
		return 0;
	for (size_t i = 0; i < length; i++)
		at[header + i] ^= at[header - 4 + i % 4];
	if ((at[0] & 15) == 1)
		broadcast(at + header, length);
	return header + length;
}

static void receive(int fd)
{
	size_t length = rest[fd].length, used;
	uint8_t *at = input;
	if (length)
		memcpy(input, rest[fd].bytes, length);
	ssize_t got = read(fd, input + length, ROOM);
	if (got < 0 && errno == EAGAIN)
		return;
	if (got <= 0) {
		leave(fd);
		return;
	}
	length += (size_t)got;
	if (!greeted[fd] && length > 4 && !memcmp(at + length - 4, "\r\n\r\n", 4)) {
		enter(fd);
		length = 0;
	}
	for (; greeted[fd] && length && (used = read_frame(at, length)); at += used, length -= used)
		;
	rest[fd].length = length;
	if (length && (rest[fd].bytes = realloc(rest[fd].bytes, length)))
		memcpy(rest[fd].bytes, at, length);
}

static int listen_at(uint16_t port)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
	struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons(port)};
	place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, (void *)&place, sizeof place) || listen(fd, 4096)) {
		perror("floor");
		exit(1);
	}
	return fd;
}

static void watch(int poll_fd, int fd)
{
	struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
	epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &event);
}

static void greet(int poll_fd, int listener)
{
	int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK), on = 1;
	if (fd < 0)
		return;
	if (fd >= MOST * 2) {
		close(fd);
		return;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	watch(poll_fd, fd);
}

int main(int argc, char **argv)
{
	int poll_fd = epoll_create1(0), listener = listen_at((uint16_t)atoi(argc > 1 ? argv[1] : "0"));
	struct epoll_event events[512];
	watch(poll_fd, listener);
	for (;;) {
		int ready = epoll_wait(poll_fd, events, 512, -1);
		for (int i = 0; i < ready; i++)
			if (events[i].data.fd == listener)
				greet(poll_fd, listener);
			else
				receive(events[i].data.fd);
	}
}
