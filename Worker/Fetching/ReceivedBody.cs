using Rates.Providers;

namespace Rates.Worker;

/// <summary>One answer of a source with its request and time, to be stored as evidence of the rates that were read from it.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Response">The answer; it has a body.</param>
/// <param name="At">When it was received, UTC.</param>
internal sealed record ReceivedBody(ProviderRequest Request, ProviderResponse Response, DateTimeOffset At);
