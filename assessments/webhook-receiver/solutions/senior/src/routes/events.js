export function eventRoutes(route, { feed }) {
  route('/api/v1/events', {
    get: (request, response) => feed.subscribe(response, request.get('Last-Event-ID')),
  });
}
