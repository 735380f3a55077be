using Microsoft.Extensions.Options;

namespace Rates.Store;

/// <summary>Checks the ranges.</summary>
[OptionsValidator]
internal sealed partial class EvidenceOptionsRanges : IValidateOptions<EvidenceOptions>;
