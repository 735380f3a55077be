namespace Rates.Api;

/// <summary>A header that a request may have, for the OpenAPI document.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it means.</param>
/// <param name="Example">A value.</param>
internal sealed record HeaderParameter(string Name, string Description, string Example);
