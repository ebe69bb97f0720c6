module.exports = {
  title: 'Old guides',
  url: 'https://old.example.org',
  baseUrl: '/',
  presets: [['classic', { docs: { routeBasePath: 'handbook' } }]],
};
