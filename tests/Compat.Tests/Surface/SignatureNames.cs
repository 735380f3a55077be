using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Rates.Compat.Tests.Surface;

/// <summary>
/// Spells a signature so that a reference in one assembly and a definition in another read alike: full type names, classes
/// and value types told apart, modifiers kept, generic parameters by position.
/// </summary>
internal sealed class SignatureNames : ISignatureTypeProvider<string, object?>
{
    public static SignatureNames Instance { get; } = new();

    public static string Of(EntityHandle type, MetadataReader reader) => type.Kind switch
    {
        HandleKind.TypeReference => Of((TypeReferenceHandle)type, reader),
        HandleKind.TypeDefinition => Of((TypeDefinitionHandle)type, reader),
        _ => throw new ArgumentException($"{type.Kind} has no name.", nameof(type)),
    };

    public static string Of(MethodSignature<string> signature) =>
        $"{(signature.Header.IsInstance ? "" : "static ")}{signature.ReturnType} <{signature.GenericParameterCount}>"
        + $"({string.Join(", ", signature.ParameterTypes)})";

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        Kind(rawTypeKind) + Of(handle, reader);

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Kind(rawTypeKind) + Of(handle, reader);

    public string GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType}<{string.Join(", ", typeArguments)}>";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) =>
        $"{unmodifiedType} {(isRequired ? "modreq" : "modopt")}({modifier})";

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{shape.Rank}]";

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetByReferenceType(string elementType) => $"{elementType}&";

    public string GetPointerType(string elementType) => $"{elementType}*";

    public string GetPinnedType(string elementType) => $"{elementType} pinned";

    public string GetFunctionPointerType(MethodSignature<string> signature) => $"method {Of(signature)}";

    private static string Kind(byte rawTypeKind) => (SignatureTypeKind)rawTypeKind switch
    {
        SignatureTypeKind.Class => "class ",
        SignatureTypeKind.ValueType => "valuetype ",
        _ => "",
    };

    private static string Of(TypeReferenceHandle handle, MetadataReader reader)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Of((TypeReferenceHandle)type.ResolutionScope, reader)}+{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }

    private static string Of(TypeDefinitionHandle handle, MetadataReader reader)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        string name = reader.GetString(type.Name);
        return type.IsNested
            ? $"{Of(type.GetDeclaringType(), reader)}+{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }
}
