// Opens the document in Swagger UI. Groups are closed at first: there are many
// routes.
SwaggerUIBundle({
  url: '/api/docs/openapi.json',
  domNode: document.getElementById('reader'),
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  defaultModelsExpandDepth: 0,
  persistAuthorization: false,
  validatorUrl: null,
  syntaxHighlight: { theme: 'idea' },
});
