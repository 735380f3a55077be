"""Asks the gRPC channel with Debian's client, and prints each answer as JSON. Arguments: address, descriptor set, questions as JSON."""
import json
import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

address, descriptors, questions = sys.argv[1:]
pool = descriptor_pool.Default()
with open(descriptors, 'rb') as file:
    for one in descriptor_pb2.FileDescriptorSet.FromString(file.read()).file:
        pool.Add(one)
factory = message_factory.MessageFactory(pool)


def message(name):
    return factory.GetPrototype(pool.FindMessageTypeByName('rates.v1.' + name))


channel = grpc.insecure_channel(address)
grpc.channel_ready_future(channel).result(timeout=30)
for question in json.loads(questions):
    method = pool.FindServiceByName('rates.v1.RateService').FindMethodByName(question['method'])
    ask = channel.unary_unary(
        '/rates.v1.RateService/' + method.name,
        message(method.input_type.name).SerializeToString, message(method.output_type.name).FromString)
    try:
        answer = ask(json_format.ParseDict(question['request'], message(method.input_type.name)()), timeout=30)
        print(json.dumps(json_format.MessageToDict(answer)))
    except grpc.RpcError as error:
        print(json.dumps({'error': error.code().name, 'detail': error.details()}))
