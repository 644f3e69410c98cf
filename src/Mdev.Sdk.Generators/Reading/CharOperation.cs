using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>A file operation: its attribute, what it is called, and the shapes that its handler may have.</summary>
/// <param name="Attribute">Full name of the attribute.</param>
/// <param name="Kind">Which.</param>
/// <param name="Call">As the manual names it.</param>
/// <param name="Shapes">Of the handler, its name as <c>{0}</c>.</param>
internal sealed record CharOperation(string Attribute, CharOperationKind Kind, string Call, string Shapes)
{
    public static readonly CharOperation[] All =
    [
        new(AttributeNames.OnCharOpen, CharOperationKind.Open, "open(2)", "int {0}() or void {0}()"),
        new(AttributeNames.OnCharRead, CharOperationKind.Read, "read(2)", "int {0}(Span<byte> destination) or ValueTask<int> {0}(Memory<byte> destination, CancellationToken interrupted)"),
        new(AttributeNames.OnCharWrite, CharOperationKind.Write, "write(2)", "int {0}(ReadOnlySpan<byte> source) or ValueTask<int> {0}(ReadOnlyMemory<byte> source, CancellationToken interrupted)"),
        new(AttributeNames.OnCharPoll, CharOperationKind.Poll, "poll(2)", "PollEvents {0}()"),
        new(AttributeNames.OnCharIoctl, CharOperationKind.Ioctl, "ioctl(2)", "int {0}(), int {0}(int argument) or uint, long, ulong, int {0}(in T argument), out T or ref T of an unmanaged struct, or int {0}(ref CharIoctl ioctl), each of which may be void"),
        new(AttributeNames.OnCharInterrupt, CharOperationKind.Interrupt, "an interrupted call", "void {0}()"),
        new(AttributeNames.OnCharRelease, CharOperationKind.Release, "close(2)", "void {0}()"),
    ];

    /// <summary>The shapes, with the method's own name.</summary>
    public string ShapesOf(IMethodSymbol method) => Shapes.Replace("{0}", method.Name);

    /// <summary>The operations that a method handles, by its attributes.</summary>
    public static IEnumerable<(CharOperation Operation, AttributeData Attribute)> Of(IMethodSymbol method)
    {
        foreach (AttributeData attribute in method.GetAttributes())
        {
            foreach (CharOperation operation in All)
            {
                if (attribute.AttributeClass.Is(operation.Attribute))
                    yield return (operation, attribute);
            }
        }
    }
}
