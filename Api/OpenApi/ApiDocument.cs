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

    // What the parts of a path in braces mean, with an example each.
    private static readonly Dictionary<string, (string Description, string Example)> PathParts = new(StringComparer.Ordinal)
    {
        ["base"] = ("The base: 1 base = rate quote.", "EUR"),
        ["quote"] = ("The quote.", "USD"),
        ["key"] = ("A provider's key, as /v1/providers lists them.", "ecb"),
        ["provider"] = ("A provider's key, as /v1/providers lists them.", "ecb"),
        ["code"] = ("A currency's code.", "USD"),
        ["version"] = ("The number of a sheet: what comes after the colon in the version of a figure.", "1700000000001"),
        ["number"] = ("Which of the source's answers, from 0.", "0"),
        ["id"] = ("The id, as the list has it.", "17-4"),
        ["name"] = ("A user's name.", "anna"),
    };

    private static readonly JsonNode ProblemExample = JsonNode.Parse(
        """
        {"title":"Bad Request","status":400,"detail":"base: 'EURO' is not a three-letter currency code",
         "requestId":"0HNPAF1QTNJ2K:00000003","parameter":"base","value":"EURO"}
        """)!;

    // The only body that is read without a role: rows to convert.
    private const string RowsExample = "amount,from,to,date,provider\n100,EUR,USD,2026-08-20,ecb\n2.50,EUR,GBP,,\n";

    private const string RowsJsonExample =
        """
        [{"amount":"100","from":"EUR","to":"USD","date":"2026-08-20","provider":"ecb"},{"amount":"2.50","from":"EUR","to":"GBP"}]
        """;

    /// <summary>Sets the document's options.</summary>
    public static void Configure(OpenApiOptions options)
    {
        // HEAD answers like GET.
        options.ShouldInclude = route => route.HttpMethod != HttpMethods.Head;
        options.AddDocumentTransformer((document, _, _) =>
        {
            foreach (var schema in document.Components?.Schemas?.Values.OfType<OpenApiSchema>() ?? [])
            {
                LeaveOutNulls(schema);
            }

            document.Info = new()
            {
                Title = "Rates",
                Version = "v1",
                Description = "Published exchange rates of many providers, side by side or combined, every figure with who published it, "
                    + "for which day, and whether it is still current.",
            };

            // Without a server a client uses the address that it read the document from.
            document.Servers = [];
            document.Tags = new HashSet<OpenApiTag>
            {
                new() { Name = "Rates", Description = "Reads: rates, conversions, histories, providers and currencies." },
                new() { Name = "Operation", Description = "Events, evidence and health." },
                new() { Name = "Operators", Description = "Schedules, commands, refused sheets and access; each asks for a role." },
            };
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

        if (type == typeof(ProblemDetails))
        {
            schema.Properties!["parameter"] = Text("The name of the wrong parameter or field; left out when none is wrong.");
            schema.Properties["value"] = Text("Its value; left out when there is none.");
            schema.Properties["requestId"] = Text("The request's id in the log of the service.");
        }
        else if (type == typeof(int) || type == typeof(long))
        {
            schema.Type &= ~JsonSchemaType.String;
            schema.Pattern = null;
        }
        else if (type == typeof(decimal))
        {
            schema.Format = "decimal";
        }
    }

    // A member that is an object or nothing is left out when it is nothing.
    private static void LeaveOutNulls(OpenApiSchema schema)
    {
        foreach (var (name, property) in schema.Properties?.ToList() ?? [])
        {
            if (property is OpenApiSchema { OneOf: [OpenApiSchema { Type: JsonSchemaType.Null }, var value] })
            {
                schema.Properties![name] = value;
                schema.Required?.Remove(name);
            }
        }
    }

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static async Task CompleteAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<OperationDescription>().FirstOrDefault() is not { } description)
        {
            return;
        }

        operation.Parameters = [.. RouteParameters(
            context.Description.RelativePath ?? ""), .. description.Parameters.List.Select(Parameter),
            .. context.Description.ActionDescriptor.EndpointMetadata.OfType<HeaderParameter>().Select(Header)];
        operation.Responses ??= [];
        var problem = await ReferenceAsync(context, typeof(ProblemDetails), cancellationToken);
        var statuses = await CompleteOperatorsAsync(operation, context, description, cancellationToken);
        foreach (var status in statuses.Append(StatusCodes.Status500InternalServerError).Order())
        {
            // A status may have an answer of its own besides: what is not ready says so with 503.
            var name = status.ToString(CultureInfo.InvariantCulture);
            var content = operation.Responses.GetValueOrDefault(name)?.Content ?? new Dictionary<string, OpenApiMediaType>();
            content[ProblemType] = new()
            {
                Schema = problem,
                Example = status == StatusCodes.Status400BadRequest ? ProblemExample : null,
            };
            operation.Responses[name] = new OpenApiResponse { Description = ReasonPhrases.GetReasonPhrase(status), Content = content };
        }

        if (description.IsCached)
        {
            operation.Responses["304"] = new OpenApiResponse
            {
                Description = "If-None-Match has the ETag of the answer, or If-Modified-Since is not before it: there is no body",
            };
        }

        ResponseHeaders.AddTo(operation, context, description, problem);
        foreach (var (type, body) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            body.Example ??= type == "text/csv" ? RowsExample : JsonNode.Parse(RowsJsonExample);
        }

        if (operation.Responses.TryGetValue("200", out var answer) && answer.Content is { } answers)
        {
            foreach (var (type, media) in answers.Where(
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

            if (answers.TryGetValue("application/json", out var json))
            {
                OperationExamples.AddTo(operation.OperationId, json);
            }

            if (description.OtherAnswer is not null && json?.Schema is { } first)
            {
                // Not oneOf: all members of a conversion may be left out, so what is of the other type passes as one too.
                json.Schema = new OpenApiSchema
                {
                    AnyOf = [first, await ReferenceAsync(context, description.OtherAnswer, cancellationToken)],
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

        var isTaggedRead = context.Description.HttpMethod == HttpMethods.Get && OperatorOperations.TellsRevision(metadata);
        return description.Errors.Concat(OperatorOperations.Errors(
            description.Parameters.List.Count > 0, hasRoute, body is not null, revision, isTaggedRead)).Order();
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
            Description = PathParts[segment.Trim('{', '}')].Description,
            Example = PathParts[segment.Trim('{', '}')].Example,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });

    private static OpenApiParameter Header(HeaderParameter header) => new()
    {
        Name = header.Name,
        In = ParameterLocation.Header,
        Description = header.Description,
        Example = JsonValue.Create(header.Example),
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

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
            Default = row.Default is null ? null : JsonValue.Create(row.Default),
            Enum = row.Choices.Count == 0 ? null : [.. row.Choices.Select(choice => (JsonNode)JsonValue.Create(choice)!)],
        },
    };
}
