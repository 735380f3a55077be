using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Rates.Compat.Tests.Surface;

/// <summary>What an assembly offers to others and what it asks of others, as spelled signatures.</summary>
internal sealed class AssemblyMetadata : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;

    public AssemblyMetadata(Assembly assembly)
    {
        _file = new PEReader(File.OpenRead(assembly.Location));
        _reader = _file.GetMetadataReader();
    }

    /// <summary>Types of the named assembly that this one mentions.</summary>
    public IEnumerable<string> TypesAskedOf(string assemblyName) =>
        from handle in _reader.TypeReferences
        where AssemblyOf(handle) == assemblyName
        select SignatureNames.Of(handle, _reader);

    /// <summary>Members of the named assembly that this one binds to.</summary>
    public IEnumerable<string> MembersAskedOf(string assemblyName) =>
        from handle in _reader.MemberReferences
        let member = _reader.GetMemberReference(handle)
        let parent = GenericTypeOf(member.Parent)
        where parent is { Kind: HandleKind.TypeReference } && AssemblyOf((TypeReferenceHandle)parent.Value) == assemblyName
        select $"{SignatureNames.Of(parent.Value, _reader)}::{_reader.GetString(member.Name)} {SignatureOf(member)}";

    /// <summary>Public types, nested ones included if everything around them is public.</summary>
    public IEnumerable<string> PublicTypes() => from handle in PublicTypeHandles() select SignatureNames.Of(handle, _reader);

    /// <summary>Public methods, constructors and property accessors of the public types.</summary>
    public IEnumerable<string> PublicMembers() =>
        from handle in PublicTypeHandles()
        from methodHandle in _reader.GetTypeDefinition(handle).GetMethods()
        let method = _reader.GetMethodDefinition(methodHandle)
        where (method.Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public
        let signature = SignatureNames.Of(method.DecodeSignature(SignatureNames.Instance, genericContext: null))
        select $"{SignatureNames.Of(handle, _reader)}::{_reader.GetString(method.Name)} {signature}";

    public void Dispose() => _file.Dispose();

    private IEnumerable<TypeDefinitionHandle> PublicTypeHandles() => _reader.TypeDefinitions.Where(IsVisible);

    private bool IsVisible(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic => IsVisible(type.GetDeclaringType()),
            _ => false,
        };
    }

    private static string SignatureOf(MemberReference member) => member.GetKind() == MemberReferenceKind.Field
        ? member.DecodeFieldSignature(SignatureNames.Instance, genericContext: null)
        : SignatureNames.Of(member.DecodeMethodSignature(SignatureNames.Instance, genericContext: null));

    private string? AssemblyOf(TypeReferenceHandle handle)
    {
        EntityHandle scope = _reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => AssemblyOf((TypeReferenceHandle)scope),
            HandleKind.AssemblyReference =>
                _reader.GetString(_reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            _ => null,
        };
    }

    // A member of a constructed type hangs on a specification: GENERICINST, CLASS or VALUETYPE, then the type itself.
    private EntityHandle? GenericTypeOf(EntityHandle parent)
    {
        if (parent.Kind != HandleKind.TypeSpecification) return parent;
        BlobReader blob = _reader.GetBlobReader(_reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance) return null;
        blob.ReadCompressedInteger();
        return blob.ReadTypeHandle();
    }
}
