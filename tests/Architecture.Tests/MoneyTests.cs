using System.Reflection;
using System.Runtime.CompilerServices;
using Rates.Core;
using Rates.Providers;
using Rates.Store;

namespace Rates.Architecture.Tests;

/// <summary>Money is decimal: nothing in Core, Store or Providers holds, takes or returns a binary fraction.</summary>
public sealed class MoneyTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] Binary = [typeof(double), typeof(float), typeof(Half), typeof(double?), typeof(float?)];

    public static TheoryData<string> Assemblies =>
        [typeof(Currency).Assembly.GetName().Name!, typeof(ISheetReader).Assembly.GetName().Name!,
            typeof(RateProvider).Assembly.GetName().Name!];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_member_or_local_is_a_binary_fraction(string assembly)
    {
        var found = Assembly.Load(assembly).GetTypes()
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.DeclaringType is not null)
            .SelectMany(type => Fields(type).Concat(Signatures(type)));

        Assert.Empty(found);
    }

    private static IEnumerable<string> Fields(Type type) =>
        from field in type.GetFields(Declared)
        where Binary.Contains(field.FieldType)
        select $"{type.FullName}.{field.Name}";

    private static IEnumerable<string> Signatures(Type type) =>
        from method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared))
        let locals = method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? []
        let result = method is MethodInfo { ReturnType: var returned } ? returned : typeof(void)
        where method.GetParameters().Select(parameter => parameter.ParameterType).Concat(locals).Append(result).Any(Binary.Contains)
        select $"{type.FullName}.{method.Name}";
}
