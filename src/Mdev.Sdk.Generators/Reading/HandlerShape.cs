using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Recognises the signatures that a handler may have; null for all others.</summary>
internal static class HandlerShape
{
    /// <param name="method">The method.</param>
    /// <param name="type">Type of the register.</param>
    /// <param name="indexed">Whether it is one of an array, and the method is told which.</param>
    /// <param name="index">The enum that names the registers of the array; null for numbers.</param>
    public static Handler? StoredRead(IMethodSymbol method, ITypeSymbol type, bool indexed, ITypeSymbol? index = null)
    {
        if (!IsPlain(method) || !Same(method.ReturnType, type) || Values(method, indexed, index) is not { Length: <= 1 } values)
            return null;
        return values.All(p => Same(p.Type, type))
            ? new Handler(method.InDispatch(), TakesStored: values.Length == 1, Returns: true, Index: indexed ? Argument(index) : null) { TakesAccess = TakesAccess(method) }
            : null;
    }

    /// <inheritdoc cref="StoredRead"/>
    public static Handler? StoredWrite(IMethodSymbol method, ITypeSymbol type, bool indexed, ITypeSymbol? index = null)
    {
        if (!IsPlain(method) || Values(method, indexed, index) is not { Length: 1 or 2 } values)
            return null;
        if (!method.ReturnsVoid && !Same(method.ReturnType, type))
            return null;
        return values.All(p => Same(p.Type, type))
            ? new Handler(
                method.InDispatch(), TakesStored: values.Length == 2, Returns: !method.ReturnsVoid, Index: indexed ? Argument(index) : null)
            {
                TakesAccess = TakesAccess(method),
            }
            : null;
    }

    /// <summary>Whether the last parameter is the access itself, which any handler may ask for.</summary>
    public static bool TakesAccess(IMethodSymbol method) =>
        method.Parameters is [.., { RefKind: RefKind.In } last] && last.Type.Is(AttributeNames.GuestAccess);

    // What is left of the parameters when the index and the access have been taken; null if there is no index to take.
    private static IParameterSymbol[]? Values(IMethodSymbol method, bool indexed, ITypeSymbol? index)
    {
        IParameterSymbol[] values = Plain(method);
        if (!indexed)
            return values;
        return values is [var first, ..] && (index is null ? first.Type.SpecialType == SpecialType.System_Int32 : Same(first.Type, index))
            ? values.Skip(1).ToArray()
            : null;
    }

    private static string Argument(ITypeSymbol? index) => index is null ? "at" : $"({index.Qualified()})at";

    private static IParameterSymbol[] Plain(IMethodSymbol method) =>
        method.Parameters.Take(method.Parameters.Length - (TakesAccess(method) ? 1 : 0)).ToArray();

    /// <summary>The type of the register that a method stands in for.</summary>
    public static ITypeSymbol? PortValue(IMethodSymbol method, bool write) => method switch
    {
        _ when !IsPlain(method) => null,
        { ReturnsVoid: false } when !write && Plain(method).Length == 0 => method.ReturnType,
        { ReturnsVoid: true } when write && Plain(method) is [var value] => value.Type,
        _ => null,
    };

    private static bool IsPlain(IMethodSymbol method) =>
        method is { Arity: 0, RefKind: RefKind.None } && Plain(method).All(p => p.RefKind == RefKind.None);

    private static bool Same(ITypeSymbol one, ITypeSymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
