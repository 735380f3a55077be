namespace Rates.Testing;

/// <summary>Tests that measure the process or count what it holds: nothing else runs beside them.</summary>
/// <remarks>Compiled into every test project: xunit looks for collections in the tests' own assembly.</remarks>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
