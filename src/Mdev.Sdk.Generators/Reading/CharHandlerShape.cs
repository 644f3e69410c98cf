using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Recognises the signatures that the handler of a file operation may have; null for all others.</summary>
internal static class CharHandlerShape
{
    public static CharHandlerModel? Read(IMethodSymbol method, CharOperationKind kind)
    {
        if (!IsCallable(method) || Rest(method) is var rest && rest.Any(p => p.RefKind != RefKind.None))
            return null;
        bool asynchronous = false;
        bool fits = kind switch
        {
            CharOperationKind.Open => rest.Length == 0 && (method.ReturnsVoid || IsInt(method.ReturnType)),
            CharOperationKind.Poll => rest.Length == 0 && method.ReturnType.Is(AttributeNames.PollEvents),
            CharOperationKind.Read => IsTransfer(method, rest, "System.Span`1", "System.Memory`1", out asynchronous),
            CharOperationKind.Write => IsTransfer(method, rest, "System.ReadOnlySpan`1", "System.ReadOnlyMemory`1", out asynchronous),
            _ => rest.Length == 0 && method.ReturnsVoid,
        };
        return fits ? new CharHandlerModel(kind, Code(method), TakesFile(method), !method.ReturnsVoid, asynchronous) : null;
    }

    /// <summary>The handler of a command, without the size that is to be checked.</summary>
    public static CharIoctlModel? ReadIoctl(IMethodSymbol method, uint command)
    {
        if (!IsCallable(method) || !(method.ReturnsVoid || IsInt(method.ReturnType)) || Argument(Rest(method)) is not { } argument)
            return null;
        string type = Rest(method) is [var parameter] ? parameter.Type.Qualified() : "";
        return new CharIoctlModel(command, Code(method), TakesFile(method), !method.ReturnsVoid, argument, type, 0);
    }

    /// <summary>The parameters but for the open file.</summary>
    public static IParameterSymbol[] Rest(IMethodSymbol method) => [.. method.Parameters.Skip(TakesFile(method) ? 1 : 0)];

    /// <summary>Whether a type of the signature does not exist, which the compiler reports.</summary>
    public static bool IsUnfinished(IMethodSymbol method) =>
        method.ReturnType.TypeKind == TypeKind.Error || method.Parameters.Any(p => p.Type.TypeKind == TypeKind.Error);

    private static bool TakesFile(IMethodSymbol method) =>
        method.Parameters is [{ RefKind: RefKind.None } first, ..] && first.Type.Is(AttributeNames.CharFile);

    private static CharArgument? Argument(IParameterSymbol[] rest) => rest switch
    {
        [] => CharArgument.None,
        [{ RefKind: RefKind.None, Type.SpecialType: SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64 }] => CharArgument.Value,
        [{ RefKind: RefKind.Ref } call] when call.Type.Is(AttributeNames.CharIoctl) => CharArgument.Call,
        [{ RefKind: RefKind.In or RefKind.RefReadOnlyParameter } given] when IsStruct(given.Type) => CharArgument.In,
        [{ RefKind: RefKind.Out } got] when IsStruct(got.Type) => CharArgument.Out,
        [{ RefKind: RefKind.Ref } both] when IsStruct(both.Type) => CharArgument.InOut,
        _ => null,
    };

    // What can be a type argument: a pointer cannot, nor what lives on the stack alone.
    private static bool IsStruct(ITypeSymbol type) =>
        type is { IsUnmanagedType: true, IsRefLikeType: false } and not (IPointerTypeSymbol or IFunctionPointerTypeSymbol);

    private static bool IsTransfer(IMethodSymbol method, IParameterSymbol[] rest, string span, string memory, out bool asynchronous)
    {
        asynchronous = rest is [var buffer, var interrupted]
            && IsOf(buffer.Type, memory, SpecialType.System_Byte)
            && interrupted.Type.Is("System.Threading.CancellationToken")
            && IsOf(method.ReturnType, "System.Threading.Tasks.ValueTask`1", SpecialType.System_Int32);
        return asynchronous || (rest is [var bytes] && IsOf(bytes.Type, span, SpecialType.System_Byte) && IsInt(method.ReturnType));
    }

    private static bool IsOf(ITypeSymbol type, string generic, SpecialType argument) =>
        type is INamedTypeSymbol { TypeArguments: [var of] } && type.Is(generic) && of.SpecialType == argument;

    // One that returns before its work has ended could not say how it ended.
    private static bool IsCallable(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, Arity: 0, RefKind: RefKind.None } && !(method.IsAsync && method.ReturnsVoid);

    private static bool IsInt(ITypeSymbol type) => type.SpecialType == SpecialType.System_Int32;

    private static string Code(IMethodSymbol method) =>
        (method.IsStatic ? method.ContainingType.Qualified() : "this") + "." + method.Name.Identifier();
}
