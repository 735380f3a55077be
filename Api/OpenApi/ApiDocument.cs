using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Rates.Api;

/// <summary>
/// Completes the OpenAPI document that the framework makes: parameters come from the table that the query parser reads, errors from the
/// endpoint's description.
/// </summary>
internal static class ApiDocument
{
    private const string ProblemType = "application/problem+json";

    /// <summary>Sets the document's options.</summary>
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Rates",
                Version = "v1",
                Description = "Published exchange rates of many providers, side by side or combined, every figure with who published it, "
                    + "for which day, and whether it is still current.",
            };

            // Without a server a client uses the address that it read the document from.
            document.Servers = [];
            OperatorOperations.AddSchemes(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(CompleteAsync);
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Correct(schema, Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
    }

    // Members that are null are left out of answers, whole numbers are never strings, and rates are decimals.
    private static void Correct(OpenApiSchema schema, Type type)
    {
        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (property is OpenApiSchema { Type: { } types } optional && types.HasFlag(JsonSchemaType.Null))
            {
                optional.Type = types & ~JsonSchemaType.Null;
                schema.Required?.Remove(name);
            }
        }

        if (type == typeof(int) || type == typeof(long))
        {
            schema.Type &= ~JsonSchemaType.String;
            schema.Pattern = null;
        }
        else if (type == typeof(decimal))
        {
            schema.Format = "decimal";
        }
    }

    private static async Task CompleteAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<OperationDescription>().FirstOrDefault() is not { } description)
        {
            return;
        }

        operation.Parameters = [.. RouteParameters(
            context.Description.RelativePath ?? ""), .. description.Parameters.List.Select(Parameter)];
        operation.Responses ??= [];
        var problem = await ReferenceAsync(context, typeof(ProblemDetails), cancellationToken);
        foreach (var status in await CompleteOperatorsAsync(operation, context, description, cancellationToken))
        {
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = ReasonPhrases.GetReasonPhrase(status),
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [ProblemType] = new() { Schema = problem },
                },
            };
        }

        if (operation.Responses.TryGetValue("200", out var answer) && answer.Content is { } content)
        {
            foreach (var (type, media) in content.Where(
                media => !media.Key.Contains("json", StringComparison.Ordinal) || media.Key.Contains("nd", StringComparison.Ordinal)))
            {
                media.Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Description = type == "text/event-stream"
                        ? "One event after another, until the client leaves"
                        : $"The same as rows, in {type}",
                };
            }

            if (description.OtherAnswer is not null && content.TryGetValue("application/json", out var json) && json.Schema is { } first)
            {
                json.Schema = new OpenApiSchema
                {
                    OneOf = [first, await ReferenceAsync(
                    context, description.OtherAnswer, cancellationToken)]
                };
            }
        }
    }

    // What only operators' routes have. Returns the statuses of the operation's problems.
    private static async Task<IEnumerable<int>> CompleteOperatorsAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, OperationDescription description,
        CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<RequiredRole>().FirstOrDefault() is not { } role)
        {
            return description.Errors;
        }

        OperatorOperations.AddRole(operation, role, context.Document!);
        var (body, revision) = (metadata.OfType<RequestBodyDescription>().FirstOrDefault(), metadata.OfType<NeedsRevision>().Any());
        if (body is not null)
        {
            var schema = body.Type == typeof(string)
                ? new OpenApiSchema { Type = JsonSchemaType.String }
                : await ReferenceAsync(context, body.Type, cancellationToken);
            OperatorOperations.AddBody(operation, schema, body);
        }

        var hasRoute = operation.Parameters!.Any(parameter => parameter.In == ParameterLocation.Path);
        if (revision)
        {
            OperatorOperations.AddRevision(operation);
        }

        return description.Errors.Concat(
            OperatorOperations.Errors(description.Parameters.List.Count > 0, hasRoute, body is not null, revision)).Order();
    }

    private static async Task<IOpenApiSchema> ReferenceAsync(
        OpenApiOperationTransformerContext context, Type type, CancellationToken cancellationToken)
    {
        var document = context.Document ?? throw new InvalidOperationException("An operation belongs to no document");
        var schema = await context.GetOrCreateSchemaAsync(type, null, cancellationToken);
        document.AddComponent(type.Name, schema);
        return new OpenApiSchemaReference(type.Name, document);
    }

    private static IEnumerable<IOpenApiParameter> RouteParameters(string path) => path.Split('/')
        .Where(segment => segment.StartsWith('{'))
        .Select(segment => new OpenApiParameter
        {
            Name = segment.Trim('{', '}'),
            In = ParameterLocation.Path,
            Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });

    private static OpenApiParameter Parameter(QueryParameter row) => new()
    {
        Name = row.Name,
        In = ParameterLocation.Query,
        Description = row.Description,
        Required = row.IsRequired,
        Example = row.Example is null ? null : JsonValue.Create(row.Example),
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum = row.Choices.Count == 0 ? null : [.. row.Choices.Select(choice => (JsonNode)JsonValue.Create(choice)!)],
        },
    };
}
