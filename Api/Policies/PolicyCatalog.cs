using System.Buffers;
using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Rates.Settings;

namespace Rates.Api;

/// <summary>
/// Holds the policies (named choices of providers, day and rounding) of this installation: those that ship, with the settings of
/// <c>Rates:Api:Policies</c> over them. They are read once, and what is wrong with the settings is reported when the host starts.
/// </summary>
internal sealed class PolicyCatalog : IValidateOptions<ApiOptions>
{
    private const string Path = "Rates:Api:Policies";

    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly List<string> _problems = [];
    private readonly List<(string Setting, IReadOnlyList<string> Providers)> _named = [];
    private readonly FrozenDictionary<string, Policy> _policies;

    /// <param name="configuration">Where the section is looked for.</param>
    public PolicyCatalog(IConfiguration configuration)
    {
        using var stream = typeof(PolicyCatalog).Assembly.GetManifestResourceStream("Policies.json")!;
        var shipped = new ConfigurationBuilder().AddJsonStream(stream).Build();
        var section = configuration.GetSection(Path);
        if (!string.IsNullOrEmpty(section.Value))
        {
            _problems.Add($"{Path} '{section.Value}' is not a policy: each has a block of its own, {Path}:<name>");
        }

        string[] shippedNames = [.. shipped.GetChildren().Select(child => child.Key)];
        _policies = shippedNames.Concat(section.GetChildren().Select(child => child.Key))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => Read(name, shipped.GetSection(name), section.GetSection(name), shippedNames))
            .OfType<Policy>()
            .ToFrozenDictionary(policy => policy.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Every policy, ordered by name.</summary>
    public IEnumerable<Policy> All => _policies.Values.OrderBy(policy => policy.Name, StringComparer.Ordinal);

    /// <summary>The lists of providers that the settings name, not those that ship, each with its setting.</summary>
    public IReadOnlyList<(string Setting, IReadOnlyList<string> Providers)> NamedBySettings => _named;

    /// <summary>The policy of that name, in any case.</summary>
    /// <exception cref="ProblemException">400: no policy can have that name; 404: none has it.</exception>
    public Policy Find(string name) => _policies.GetValueOrDefault(name)
        ?? throw (IsName(name.ToLowerInvariant())
            ? ProblemException.Unknown("policy", name, "is no known policy; /v1/policies lists them")
            : ProblemException.BadValue("policy", name, "is not the name of a policy; /v1/policies lists them"));

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ApiOptions options) =>
        _problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_problems);

    private static bool IsName(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(NameLetters);

    // Null for one that is turned off or cannot be used.
    private Policy? Read(string name, IConfiguration shipped, IConfiguration overrides, IReadOnlyList<string> shippedNames)
    {
        var path = $"{Path}:{name}";
        if (!IsName(name))
        {
            _problems.Add($"{path}: '{name}' is not a name: lower-case letters, digits, dash and underscore");
            return null;
        }

        var read = SettingsReader.ReadOver<PolicyBlock>(path, shipped, overrides);
        _problems.AddRange(read.Problems);
        try
        {
            var block = read.ToOptions();
            if (!block.Enabled && !shipped.GetChildren().Any() && overrides.GetChildren().Take(2).Count() < 2)
            {
                _problems.Add($"{path}:Enabled 'false' takes no policy away: {NearestName.Hint(name, shippedNames)}");
            }

            var policy = block.Enabled && read.Problems.Count == 0 ? Policy.Of(name, path, block) : null;
            if (policy is not null && overrides.GetSection(nameof(block.Providers)).Exists())
            {
                _named.Add(($"{path}:{nameof(block.Providers)}", policy.Providers));
            }

            return policy;
        }
        catch (ProblemException wrong)
        {
            _problems.Add(wrong.Message);
            return null;
        }
    }
}
