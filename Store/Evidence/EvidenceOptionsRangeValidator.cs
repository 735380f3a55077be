using Microsoft.Extensions.Options;

namespace Rates.Store;

/// <summary>Checks that each setting of <see cref="EvidenceOptions"/> is within its range.</summary>
[OptionsValidator]
internal sealed partial class EvidenceOptionsRangeValidator : IValidateOptions<EvidenceOptions>;
