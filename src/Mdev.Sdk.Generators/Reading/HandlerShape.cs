using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Recognises the signatures that a handler may have; null for all others.</summary>
internal static class HandlerShape
{
    public static Handler? StoredRead(IMethodSymbol method, ITypeSymbol type)
    {
        if (!IsPlain(method) || !Same(method.ReturnType, type) || method.Parameters.Length > 1)
            return null;
        return method.Parameters.All(p => Same(p.Type, type))
            ? new Handler(method.InDispatch(), TakesStored: method.Parameters.Length == 1, Returns: true)
            : null;
    }

    public static Handler? StoredWrite(IMethodSymbol method, ITypeSymbol type)
    {
        if (!IsPlain(method) || method.Parameters.Length is not (1 or 2))
            return null;
        if (!method.ReturnsVoid && !Same(method.ReturnType, type))
            return null;
        return method.Parameters.All(p => Same(p.Type, type))
            ? new Handler(method.InDispatch(), TakesStored: method.Parameters.Length == 2, Returns: !method.ReturnsVoid)
            : null;
    }

    /// <summary>The type of the register that a method stands in for.</summary>
    public static ITypeSymbol? PortValue(IMethodSymbol method, bool write) => method switch
    {
        _ when !IsPlain(method) => null,
        { Parameters.IsEmpty: true, ReturnsVoid: false } when !write => method.ReturnType,
        { Parameters.Length: 1, ReturnsVoid: true } when write => method.Parameters[0].Type,
        _ => null,
    };

    private static bool IsPlain(IMethodSymbol method) =>
        method is { Arity: 0, RefKind: RefKind.None } && method.Parameters.All(p => p.RefKind == RefKind.None);

    private static bool Same(ITypeSymbol one, ITypeSymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
