using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads the methods with <c>[OnCharIoctl]</c>, and holds each against what its number says.</summary>
internal sealed class CharIoctlReader(Mistakes mistakes, CancellationToken cancel)
{
    private readonly Dictionary<uint, (IMethodSymbol Method, AttributeData Attribute)> _bound = [];
    private readonly List<CharIoctlModel> _models = [];

    public IEnumerable<CharIoctlModel> Models => _models;

    public void Read(IMethodSymbol method, CharOperation operation, AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not [{ Value: uint command }])
            return;
        var number = new IoctlNumber(command);
        if (CharHandlerShape.ReadIoctl(method, command) is not { } ioctl)
        {
            mistakes.Add(CharRules.WrongSignature, Place.Of(method), method.Name, operation.Call, operation.ShapesOf(method));
        }
        else if (_bound.TryGetValue(command, out (IMethodSymbol Method, AttributeData Attribute) other))
        {
            mistakes.AddPair(CharRules.DuplicateCommand, Place.Of(attribute, "command"), Place.Of(other.Attribute, "command"), other.Method.Name, number.ToString());
        }
        else
        {
            _bound.Add(command, (method, attribute));
            if (number.Kernels is { } kernels)
                mistakes.Add(CharRules.KernelAnswers, Place.Of(attribute, "command"), method.Name, kernels);
            _models.Add(ioctl with { CheckedSize = number.IsTelling ? Check(method, ioctl, number, attribute) : 0 });
        }
    }

    // The size that is left to be checked when the program runs.
    private int Check(IMethodSymbol method, CharIoctlModel ioctl, IoctlNumber number, AttributeData attribute)
    {
        if (ioctl.Argument == CharArgument.Call)
            return 0;
        ITypeSymbol? type = CharHandlerShape.Rest(method) is [var parameter] ? parameter.Type : null;
        string shown = type?.Shown() ?? "T";
        if (ioctl.Argument is CharArgument.None or CharArgument.Value)
        {
            Contradict(ioctl.Argument == CharArgument.None ? "nothing" : "a value", $"take '{Spelled(number.Direction)} {shown}', or 'ref CharIoctl' where the number says what is not so");
            return 0;
        }

        if (ioctl.Argument != number.Direction && number.Direction != CharArgument.None)
        {
            Contradict($"'{Spelled(ioctl.Argument)} {shown}'", $"take '{Spelled(number.Direction)} {shown}', or 'ref CharIoctl' where the number says what is not so");
            return 0;
        }

        if (StructLayout.Of(type!, cancel) is not { } layout)
            return number.Size;
        if (layout.Size != number.Size)
            Contradict($"a '{shown}' of {Text(layout.Size)}", "let the struct have the fields of the caller's header, or correct the number");
        return 0;

        void Contradict(string takes, string cure) => mistakes.Add(
            CharRules.Contradiction, Place.Of(attribute, "command"), number.ToString(), Said(number), method.Name, takes, cure);
    }

    private static string Said(IoctlNumber number)
    {
        string way = number.Direction switch
        {
            CharArgument.In => "gives",
            CharArgument.Out => "gets",
            CharArgument.InOut => "gives and gets",
            _ => "has",
        };
        return $"{way} {Text(number.Size)} bytes";
    }

    private static string Spelled(CharArgument argument) => argument switch
    {
        CharArgument.Out => "out",
        CharArgument.InOut => "ref",
        _ => "in",
    };

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
