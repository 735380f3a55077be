using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Rates.Api;

/// <summary>Adds to the OpenAPI document what each operators' route needs: credentials, body and the revision in <c>If-Match</c>.</summary>
internal static class OperatorOperations
{
    private static readonly (string Name, OpenApiSecurityScheme Scheme)[] Schemes =
    [
        ("password", new() { Type = SecuritySchemeType.Http, Scheme = "basic", Description = "A user's name and password." }),
        ("bearer", new() { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key." }),
        (
            "apiKey",
            new() { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key", Description = "An API key." }),
    ];

    /// <summary>Adds the ways to sign in to the document.</summary>
    public static void AddSchemes(OpenApiDocument document)
    {
        document.Components ??= new();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        foreach (var (name, scheme) in Schemes)
        {
            document.Components.SecuritySchemes[name] = scheme;
        }
    }

    /// <summary>Adds which role an operation asks for, and that one of the ways to sign in is needed.</summary>
    public static void AddRole(OpenApiOperation operation, RequiredRole required, OpenApiDocument document)
    {
        operation.Description = $"Asks for the role {required.Role.ToString().ToLowerInvariant()}.";
        operation.Security =
        [
            .. Schemes.Select(scheme => new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(scheme.Name, document)] = [],
            }),
        ];
    }

    /// <summary>Adds the body that an operation reads.</summary>
    public static void AddBody(OpenApiOperation operation, IOpenApiSchema schema, RequestBodyDescription body) =>
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [body.ContentType] = new()
                {
                    Schema = schema,
                    Example = body.ContentType == OpsDescriptions.Lines ? JsonValue.Create(body.Example) : JsonNode.Parse(body.Example),
                },
            },
        };

    /// <summary>Adds the header that names the revision that the caller saw.</summary>
    public static void AddRevision(OpenApiOperation operation) => operation.Parameters!.Add(new OpenApiParameter
    {
        Name = "If-Match",
        In = ParameterLocation.Header,
        Required = true,
        Description = "The revision that was seen, as in the ETag of GET; * for any.",
        Example = "\"17\"",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    });

    /// <summary>Whether the answer of an operation has a revision, which is its entity tag.</summary>
    /// <param name="metadata">That of the operation.</param>
    public static bool TellsRevision(IList<object> metadata) =>
        metadata.OfType<ProducesResponseTypeMetadata>().FirstOrDefault()?.Type?.GetProperty("Revision") is not null;

    /// <summary>The statuses of problems that follow from what an operation takes.</summary>
    public static IEnumerable<int> Errors(bool hasQuery, bool hasRoute, bool hasBody, bool hasRevision, bool isTaggedRead)
    {
        IEnumerable<int> query = hasQuery ? [400, 404] : [400], route = hasRoute ? [400, 404, 409] : [];
        IEnumerable<int> body = hasBody ? [400, 413, 415] : [], revision = hasRevision ? [400, 409, 428] : [];
        return query.Concat(route).Concat(body).Concat(revision).Concat(isTaggedRead ? [412] : []).Distinct();
    }
}
